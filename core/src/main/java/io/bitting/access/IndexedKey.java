package io.bitting.access;

import io.bitting.grant.Grant;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.KeyState;
import io.bitting.key.SecretDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key in memory: immutable, replaced as a whole when its row changes. 56 bytes, and 48 for its
 * digest.
 */
final class IndexedKey implements VerifiedKey {
  static final long NEVER = Long.MAX_VALUE;

  final long idHigh;
  final int idLow;

  /** The number of the secret. */
  private final int secret;

  final KeyState state;
  final SecretDigest digest;
  final long expiresAt;

  /** What of it passes away; null for most keys, most of the time. */
  final @Nullable Passing passing;

  final OrganizationSlot organization;
  final GrantSlot grant;

  /** A secret of a key. */
  record Secret(int number, SecretDigest digest, long expiresAt) {}

  /**
   * What of a key passes away.
   *
   * @param prior the secret before the newest, while a rotation overlaps
   * @param priorSupersededAt since when there is a newer one
   * @param supersededAt since when the key, or the secret that was proved, has a successor
   * @param endsAt from when on the key is as good as revoked
   */
  record Passing(@Nullable Secret prior, long priorSupersededAt, long supersededAt, long endsAt) {
    Passing provedByPrior() {
      return new Passing(null, NEVER, Math.min(priorSupersededAt, supersededAt), endsAt);
    }
  }

  IndexedKey(
      KeyId id,
      KeyState state,
      Secret secret,
      @Nullable Passing passing,
      OrganizationSlot organization,
      GrantSlot grant) {
    this.idHigh = id.high();
    this.idLow = id.low();
    this.state = state;
    this.secret = secret.number();
    this.digest = secret.digest();
    this.expiresAt = secret.expiresAt();
    this.passing = passing;
    this.organization = organization;
    this.grant = grant;
  }

  /** Returns the secret before the newest, or null. */
  @Nullable Secret prior() {
    return passing == null ? null : passing.prior();
  }

  /** Returns this key as the secret before the newest proves it: with that secret's expiry. */
  IndexedKey provedBy(Secret prior) {
    Passing left = passing == null ? null : passing.provedByPrior();
    return new IndexedKey(id(), state, prior, left, organization, grant);
  }

  /** Returns from when on it is as good as revoked, because another key took its place. */
  long endsAt() {
    return passing == null ? NEVER : passing.endsAt();
  }

  boolean hasId(long high, int low) {
    return idHigh == high && idLow == low;
  }

  @Override
  public KeyId id() {
    return new KeyId(idHigh, idLow);
  }

  @Override
  public OrganizationId organization() {
    return organization.id;
  }

  @Override
  public ApiId api() {
    return grant.grant.api();
  }

  Grant grant() {
    return grant.grant;
  }

  @Override
  public int secret() {
    return secret;
  }

  @Override
  public Optional<Instant> supersededAt() {
    return passing == null ? Optional.empty() : time(passing.supersededAt());
  }

  @Override
  public Optional<Instant> expiresAt() {
    return time(Math.min(expiresAt, endsAt()));
  }

  private static Optional<Instant> time(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}
