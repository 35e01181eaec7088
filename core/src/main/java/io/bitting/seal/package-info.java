/**
 * Seals: what makes an altered row worthless. {@link io.bitting.seal.Canonical} turns a row into
 * bytes, {@link io.bitting.seal.PepperKeyset} signs these with a key that the database does not
 * have, and {@link io.bitting.seal.Sealed} is a row with what its seal said.
 */
@NullMarked
package io.bitting.seal;

import org.jspecify.annotations.NullMarked;
