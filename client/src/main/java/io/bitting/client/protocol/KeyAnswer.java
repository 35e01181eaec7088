package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key.
 *
 * @param id 12 base62 characters
 * @param display prefix and id as lists show them, {@code nex_4fT9xQ2mZp7B…}
 * @param api the API that it is for
 * @param organization the id of its organization
 * @param name its name
 * @param purpose what it is for, may be empty
 * @param allScopes whether it has all scopes of the API
 * @param scopes its scopes; empty for all scopes
 * @param reach how far it issues and verifies; null if it does neither
 * @param state {@code active}, {@code disabled}, {@code expired}, {@code revoked} or {@code
 *     tampered}
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param expiresAt when it expires; null for never
 * @param revokedAt when it was revoked; null if it is not
 * @param revocation what was said then; null if it is not revoked, or nothing is known of that
 * @param replacedBy the id of the key that takes its place; null if none does
 * @param endsAt from when on it is refused because another takes its place; null if none does
 * @param secrets its newest secret, and before it one that is accepted still
 * @param lastUsedAt when it was last used, to the minute; null for never, or if that cannot be told
 *     now
 */
public record KeyAnswer(
    String id,
    String display,
    String api,
    String organization,
    String name,
    String purpose,
    boolean allScopes,
    List<String> scopes,
    @Nullable ReachForm reach,
    String state,
    Instant createdAt,
    Reference createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable RevocationAnswer revocation,
    @Nullable String replacedBy,
    @Nullable Instant endsAt,
    List<SecretAnswer> secrets,
    @Nullable Instant lastUsedAt) {
  /** Copies the lists. */
  public KeyAnswer {
    secrets = List.copyOf(secrets);
    scopes = List.copyOf(scopes);
  }

  /**
   * Returns it with its last use.
   *
   * @param at when that was
   * @param used its secrets, with theirs
   */
  public KeyAnswer lastUsed(Instant at, List<SecretAnswer> used) {
    return new KeyAnswer(
        id,
        display,
        api,
        organization,
        name,
        purpose,
        allScopes,
        scopes,
        reach,
        state,
        createdAt,
        createdBy,
        expiresAt,
        revokedAt,
        revocation,
        replacedBy,
        endsAt,
        used,
        at);
  }
}
