package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization that was just made.
 *
 * @param organization the organization
 * @param setupCode makes its first key, once; withheld where the answer is given again
 * @param setupCodeExpiresAt until when
 */
public record NewOrganizationAnswer(
    OrganizationAnswer organization,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText setupCode,
    Instant setupCodeExpiresAt) {
  /** Takes a code that is missing for one that is withheld. */
  public NewOrganizationAnswer {
    setupCode = SecretText.orWithheld(setupCode);
  }

  @JsonProperty("secret_available")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable Boolean secretAvailable() {
    return setupCode.availability();
  }
}
