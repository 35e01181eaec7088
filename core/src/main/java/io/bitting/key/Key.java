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
 * @param name unique in the organization among keys that are neither revoked nor replaced
 * @param purpose what it is for, possibly empty
 * @param grant what it may do
 * @param grantId the id of the grant, which is what the seal covers
 * @param state what was decided about it
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param revokedAt when it was revoked, null if it was not
 * @param revocation what was said then, null if it was not revoked, or before this was kept
 * @param replacement the key that takes its place, null if none does
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
    @Nullable Revocation revocation,
    @Nullable Replacement replacement,
    long revision) {

  /**
   * A key of which nothing is said that came with its end.
   *
   * @param id names it
   * @param organization whose it is
   * @param name its name
   * @param purpose what it is for, possibly empty
   * @param grant what it may do
   * @param grantId the id of the grant
   * @param state what was decided about it
   * @param createdAt when it was made
   * @param createdBy who made it
   * @param revokedAt when it was revoked, null if it was not
   * @param revision counts its changes, from 1
   */
  public Key(
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
    this(
        id,
        organization,
        name,
        purpose,
        grant,
        grantId,
        state,
        createdAt,
        createdBy,
        revokedAt,
        null,
        null,
        revision);
  }

  /** Returns the API whose scopes are granted. */
  public ApiId api() {
    return grant.api();
  }

  /** Returns the form that is sealed. What came with its end is left out where there is none. */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("key")
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
            .number(revision);
    if (revocation != null) {
      form.text("revocation").text(revocation.reason().code()).text(revocation.note());
    }
    if (replacement != null) {
      form.text("replacement")
          .text(replacement.by().text())
          .time(replacement.at())
          .time(replacement.endsAt());
    }
    return form.toBytes();
  }

  /**
   * Tells whether it is refused for ever: it was revoked, or replaced and its overlap is over.
   *
   * @param now what the clock says
   */
  public boolean isGone(Instant now) {
    return state == KeyState.REVOKED
        || (replacement != null && !now.isBefore(replacement.endsAt()));
  }

  /** Tells whether no other key of its organization can have its name. */
  public boolean holdsName() {
    return state != KeyState.REVOKED && replacement == null;
  }

  /**
   * Returns it with other words.
   *
   * @param newName the name
   * @param newPurpose the purpose
   */
  public Key described(String newName, String newPurpose) {
    return changed(newName, newPurpose, state, revokedAt, revocation, replacement);
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
    return changed(name, purpose, next, revokedAt, revocation, replacement);
  }

  /**
   * Returns it revoked, and nobody said why.
   *
   * @param at when
   */
  public Key revoked(Instant at) {
    return revoked(at, Revocation.UNSAID);
  }

  /**
   * Returns it revoked.
   *
   * @param at when
   * @param why what was said
   */
  public Key revoked(Instant at, Revocation why) {
    return changed(name, purpose, KeyState.REVOKED, at, why, replacement);
  }

  /**
   * Returns it replaced.
   *
   * @param next what takes its place
   */
  public Key replaced(Replacement next) {
    return changed(name, purpose, state, revokedAt, revocation, next);
  }

  /**
   * Returns it with another revision.
   *
   * @param number the revision
   */
  public Key withRevision(long number) {
    return new Key(
        id,
        organization,
        name,
        purpose,
        grant,
        grantId,
        state,
        createdAt,
        createdBy,
        revokedAt,
        revocation,
        replacement,
        number);
  }

  private Key changed(
      String newName,
      String newPurpose,
      KeyState newState,
      @Nullable Instant newRevokedAt,
      @Nullable Revocation newRevocation,
      @Nullable Replacement newReplacement) {
    return new Key(
        id,
        organization,
        newName,
        newPurpose,
        grant,
        grantId,
        newState,
        createdAt,
        createdBy,
        newRevokedAt,
        newRevocation,
        newReplacement,
        revision + 1);
  }
}
