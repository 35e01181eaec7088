/**
 * The key as a string and as a row: the token format, its reader, the digest of the secret, and the
 * records {@link io.bitting.key.Key} and {@link io.bitting.key.KeySecret}.
 *
 * <p>A token is {@code <prefix>_<id><secret><checksum>}. The prefix names the API and its
 * environment, the id the key, the secret proves it, and the checksum (CRC-32 of everything before
 * it) tells a typo from a token without any look-up. The checksum is form, not security.
 */
@NullMarked
package io.bitting.key;

import org.jspecify.annotations.NullMarked;
