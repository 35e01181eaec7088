package io.bitting.member;

import io.bitting.id.PasskeyId;
import io.bitting.id.PersonId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a passkey (Web Authentication, level 2): nothing of it is secret.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id names it within Bitting
 * @param person whose
 * @param name what the person calls it
 * @param credentialId what its authenticator calls it
 * @param publicKey the COSE key that its signatures are checked with
 * @param signCount the greatest number of signatures that its authenticator gave; 0 if it does not
 *     count
 * @param backupEligible whether it may be copied to other devices
 * @param backedUp whether it was, when it was last used
 * @param createdAt when it was enrolled
 * @param lastUsedAt when it was last used, if ever
 */
public record Passkey(
    PasskeyId id,
    PersonId person,
    String name,
    Bytes credentialId,
    Bytes publicKey,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("passkey")
        .text(id.text())
        .text(person.text())
        .text(name)
        .bytes(credentialId)
        .bytes(publicKey)
        .number(signCount)
        .flag(backupEligible)
        .flag(backedUp)
        .time(createdAt)
        .time(lastUsedAt)
        .toBytes();
  }

  /**
   * Returns it after it was used.
   *
   * @param at when
   * @param newSignCount the number that its authenticator gave
   * @param nowBackedUp whether it says that it was copied
   */
  public Passkey used(Instant at, long newSignCount, boolean nowBackedUp) {
    return new Passkey(
        id,
        person,
        name,
        credentialId,
        publicKey,
        newSignCount,
        backupEligible,
        nowBackedUp,
        createdAt,
        at);
  }

  /**
   * Returns it with another name.
   *
   * @param newName the name
   */
  public Passkey named(String newName) {
    return new Passkey(
        id,
        person,
        newName,
        credentialId,
        publicKey,
        signCount,
        backupEligible,
        backedUp,
        createdAt,
        lastUsedAt);
  }
}
