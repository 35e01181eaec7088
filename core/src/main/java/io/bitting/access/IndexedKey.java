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
  final KeyState state;
  final SecretDigest digest;
  final long expiresAt;

  /** The secret before the newest, while a rotation overlaps. */
  final @Nullable PriorSecret prior;

  final OrganizationSlot organization;
  final GrantSlot grant;

  /** A secret that a key had before its newest one. */
  record PriorSecret(SecretDigest digest, long expiresAt) {}

  IndexedKey(
      KeyId id,
      KeyState state,
      SecretDigest digest,
      long expiresAt,
      @Nullable PriorSecret prior,
      OrganizationSlot organization,
      GrantSlot grant) {
    this.idHigh = id.high();
    this.idLow = id.low();
    this.state = state;
    this.digest = digest;
    this.expiresAt = expiresAt;
    this.prior = prior;
    this.organization = organization;
    this.grant = grant;
  }

  /** Returns this key as the secret before the newest proves it: with that secret's expiry. */
  IndexedKey provedBy(PriorSecret secret) {
    return new IndexedKey(
        id(), state, secret.digest(), secret.expiresAt(), null, organization, grant);
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
  public Optional<Instant> expiresAt() {
    return expiresAt == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expiresAt));
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}
