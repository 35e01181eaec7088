package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made, with its token: the members of {@link KeyAnswer} and {@code token}
 * beside them, or {@code "secret_available": false} where the answer is given again.
 *
 * @param key the key
 * @param token its token, in the first answer and never again
 */
public record CreatedKey(
    @JsonUnwrapped KeyAnswer key, @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText token) {
  /** Takes a token that is missing for one that is withheld. */
  public CreatedKey {
    token = SecretText.orWithheld(token);
  }

  @JsonProperty("secret_available")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable Boolean secretAvailable() {
    return token.availability();
  }
}
