/** The audit chains over HTTP. */
@NullMarked
package io.bitting.server.audit;

import org.jspecify.annotations.NullMarked;
