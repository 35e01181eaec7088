package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A key that was just made in the place of another: the members of {@link KeyAnswer}, and these
 * beside them; {@code "secret_available": false} in the place of {@code token} where the answer is
 * given again.
 *
 * @param key the new key
 * @param token its token, in the first answer and never again
 * @param replaces the key whose place it takes, as it is now
 * @param difference how the new one differs
 */
public record ReplacedKey(
    @JsonUnwrapped KeyAnswer key,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText token,
    KeyAnswer replaces,
    ReplacementDifference difference) {
  /** Takes a token that is missing for one that is withheld. */
  public ReplacedKey {
    token = SecretText.orWithheld(token);
  }

  @JsonProperty("secret_available")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable Boolean secretAvailable() {
    return token.availability();
  }
}
