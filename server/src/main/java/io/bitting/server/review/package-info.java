/**
 * Looks at the keys of an organization from what they were really used for: a review that ranks
 * them by risk and keeps what was decided, a narrower grant for one of them, what another grant
 * would have denied, and the policies that revoke what nobody uses and remove what is dead.
 */
@NullMarked
package io.bitting.server.review;

import org.jspecify.annotations.NullMarked;
