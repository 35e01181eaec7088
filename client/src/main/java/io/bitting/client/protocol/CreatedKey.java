package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A key that was just made, with its token: the members of {@link KeyAnswer} and {@code token}
 * beside them.
 *
 * @param key the key
 * @param token its token, in this answer and never again
 */
public record CreatedKey(@JsonUnwrapped KeyAnswer key, SecretText token) {}
