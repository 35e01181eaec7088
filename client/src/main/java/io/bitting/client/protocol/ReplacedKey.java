package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A key that was just made in the place of another: the members of {@link KeyAnswer}, and these
 * beside them.
 *
 * @param key the new key
 * @param token its token, in this answer and never again
 * @param replaces the key whose place it takes, as it is now
 * @param difference how the new one differs
 */
public record ReplacedKey(
    @JsonUnwrapped KeyAnswer key,
    SecretText token,
    KeyAnswer replaces,
    ReplacementDifference difference) {}
