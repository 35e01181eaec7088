package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a new secret of a key. What is null is left out.
 *
 * @param overlap how long the secret before is accepted: {@code now}, {@code 1h}, {@code 24h} or
 *     {@code 7d}; null for 24 h, or until it expires
 * @param expiresAt when the new secret expires; null for the same lifetime again
 * @param retireWhenQuietHours after how many hours without use the secret before ends sooner; null
 *     if it does not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rotation(
    @Nullable String overlap,
    NewKey.@Nullable Expiry expiresAt,
    @Nullable Integer retireWhenQuietHours) {}
