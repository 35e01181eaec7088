package io.bitting.key;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Canonical;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept: everything but its secrets. Its organization, API and grant never change.
 *
 * @param id names it
 * @param organization whose it is
 * @param name unique in the organization among keys that are not revoked
 * @param purpose what it is for, possibly empty
 * @param grant what it may do
 * @param grantId the id of the grant, which is what the seal covers
 * @param state what was decided about it
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param revokedAt when it was revoked, null if it was not
 * @param revision counts its changes, from 1
 */
public record Key(
    KeyId id,
    OrganizationId organization,
    String name,
    String purpose,
    Grant grant,
    GrantId grantId,
    KeyState state,
    Instant createdAt,
    Actor createdBy,
    @Nullable Instant revokedAt,
    long revision) {

  /** Returns the API whose scopes are granted. */
  public ApiId api() {
    return grant.api();
  }

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("key")
        .text(id.text())
        .text(organization.text())
        .text(api().text())
        .text(name)
        .text(purpose)
        .text(grantId.text())
        .text(state.code())
        .time(createdAt)
        .text(createdBy.kind().code())
        .text(createdBy.id())
        .time(revokedAt)
        .number(revision)
        .toBytes();
  }

  /**
   * Returns it with other words.
   *
   * @param newName the name
   * @param newPurpose the purpose
   */
  public Key described(String newName, String newPurpose) {
    return new Key(
        id,
        organization,
        newName,
        newPurpose,
        grant,
        grantId,
        state,
        createdAt,
        createdBy,
        revokedAt,
        revision + 1);
  }

  /**
   * Returns it disabled or active.
   *
   * @param disabled whether it is refused
   * @throws IllegalStateException if it is revoked, which is for ever
   */
  public Key disabled(boolean disabled) {
    if (state == KeyState.REVOKED) {
      throw new IllegalStateException("key " + id + " is revoked, and revoked is for ever");
    }
    KeyState next = disabled ? KeyState.DISABLED : KeyState.ACTIVE;
    return new Key(
        id,
        organization,
        name,
        purpose,
        grant,
        grantId,
        next,
        createdAt,
        createdBy,
        revokedAt,
        revision + 1);
  }

  /**
   * Returns it revoked.
   *
   * @param at when
   */
  public Key revoked(Instant at) {
    return new Key(
        id,
        organization,
        name,
        purpose,
        grant,
        grantId,
        KeyState.REVOKED,
        createdAt,
        createdBy,
        at,
        revision + 1);
  }
}
