/**
 * Letters to people, by SMTP. A {@link io.bitting.server.mail.Letter} is handed to the {@link
 * io.bitting.server.mail.Outbox}, which says whether the mail server took it. Whether one is sent
 * never decides whether something is done: a letter goes out after the change that it tells of was
 * committed, and who made the change learns whether it did.
 */
@NullMarked
package io.bitting.server.mail;

import org.jspecify.annotations.NullMarked;
