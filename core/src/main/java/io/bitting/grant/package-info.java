/**
 * What a key may do ({@link io.bitting.grant.Grant}), how far a key that issues or verifies reaches
 * ({@link io.bitting.grant.Reach}), and how much somebody may grant at most ({@link
 * io.bitting.grant.Ceiling}).
 */
@NullMarked
package io.bitting.grant;

import org.jspecify.annotations.NullMarked;
