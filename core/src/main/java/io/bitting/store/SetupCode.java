package io.bitting.store;

import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Instant;
import java.util.Optional;

/**
 * A code, used once, that makes the first key of an organization. Kept as a digest, which {@code
 * toString} does not show.
 *
 * @param id names it in the audit log
 * @param digest SHA-256 of the code
 * @param organization whose owner's key it makes; empty for the operator organization, which it
 *     makes too
 * @param createdAt when it was made
 * @param expiresAt from when on it is refused
 */
public record SetupCode(
    String id,
    Bytes digest,
    Optional<OrganizationId> organization,
    Instant createdAt,
    Instant expiresAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("setup-code")
        .text(id)
        .bytes(digest)
        .text(organization.map(OrganizationId::text).orElse(null))
        .time(createdAt)
        .time(expiresAt)
        .toBytes();
  }

  @Override
  public String toString() {
    return "setup code " + id;
  }
}
