package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a key differs from the one whose place it takes.
 *
 * @param name the name of the new key
 * @param allScopes whether the new one has all scopes, those added later too
 * @param hadAllScopes whether the old one has
 * @param gains scopes that the new one has and the old one has not, implied ones too
 * @param loses scopes that the old one has and the new one has not, implied ones too
 * @param reach how far the new one issues and verifies; null if it does neither
 * @param hadReach how far the old one does
 * @param expiresAt when the new one expires; null for never
 * @param endsAt from when on the old one is refused
 */
public record ReplacementDifference(
    String name,
    boolean allScopes,
    boolean hadAllScopes,
    List<String> gains,
    List<String> loses,
    @Nullable ReachForm reach,
    @Nullable ReachForm hadReach,
    @Nullable Instant expiresAt,
    Instant endsAt) {
  /** Copies the lists. */
  public ReplacementDifference {
    gains = List.copyOf(gains);
    loses = List.copyOf(loses);
  }
}
