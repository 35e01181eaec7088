package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key in the place of another. What is null is left out, and taken from the other.
 *
 * @param name its name
 * @param purpose what it is for
 * @param scopes its scopes
 * @param allScopes true for all scopes
 * @param expiresAt when it expires; null for the lifetime of the other again
 * @param reach how far it issues and verifies
 * @param overlap how long the other is accepted: {@code now}, {@code 1h}, {@code 24h} or {@code
 *     7d}; null for 24 h, or until it expires
 * @param plan true to look only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplacementKey(
    @Nullable String name,
    @Nullable String purpose,
    @Nullable List<String> scopes,
    @Nullable Boolean allScopes,
    NewKey.@Nullable Expiry expiresAt,
    @Nullable ReachForm reach,
    @Nullable String overlap,
    @Nullable Boolean plan) {}
