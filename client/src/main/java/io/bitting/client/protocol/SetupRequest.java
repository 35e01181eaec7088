package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Redeems a setup code. What is null is left out.
 *
 * @param code the code
 * @param organization the operator organization to make; only while there is none
 * @param keyName the name of the owner's key; null for {@code owner}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetupRequest(
    SecretText code, @Nullable NewOrganization organization, @Nullable String keyName) {}
