package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A new setup code of an organization; the one before it is void.
 *
 * @param setupCode makes the organization's first key, once; withheld where the answer is given
 *     again
 * @param setupCodeExpiresAt until when
 */
public record SetupCodeAnswer(
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText setupCode, Instant setupCodeExpiresAt) {
  /** Takes a code that is missing for one that is withheld. */
  public SetupCodeAnswer {
    setupCode = SecretText.orWithheld(setupCode);
  }

  @JsonProperty("secret_available")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable Boolean secretAvailable() {
    return setupCode.availability();
  }
}
