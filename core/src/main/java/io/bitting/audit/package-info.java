/**
 * Who did what to what, when and from where. One chain of events an organization, and one for the
 * installation; each event carries the hash of the one before it.
 */
@NullMarked
package io.bitting.audit;

import org.jspecify.annotations.NullMarked;
