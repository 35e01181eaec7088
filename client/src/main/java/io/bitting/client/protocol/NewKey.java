package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key. What is null is left out.
 *
 * @param api the API that it is for
 * @param name its name
 * @param purpose what it is for
 * @param scopes its scopes; null for all
 * @param allScopes true for all scopes; null for those named
 * @param expiresAt when it expires; null for the server's default, 90 days
 * @param reach how far it issues and verifies
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewKey(
    String api,
    String name,
    @Nullable String purpose,
    @Nullable List<String> scopes,
    @Nullable Boolean allScopes,
    @Nullable Expiry expiresAt,
    @Nullable ReachForm reach) {

  /**
   * When a key expires.
   *
   * @param at the time; null, written as such, for never
   */
  public record Expiry(@JsonValue @Nullable Instant at) {
    /** No expiry at all. */
    public static final Expiry NEVER = new Expiry(null);
  }
}
