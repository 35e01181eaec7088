package io.bitting.member;

import io.bitting.id.PersonId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Instant;

/**
 * Proves a second factor once, for whoever lost theirs. Kept as a digest, which {@code toString}
 * does not show, and removed when it is used.
 *
 * <p>Immutable and thread-safe.
 *
 * @param person whose
 * @param digest SHA-256 of the code, which has at least 128 random bits
 * @param createdAt when it was made
 */
public record RecoveryCode(PersonId person, Bytes digest, Instant createdAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("recovery-code")
        .text(person.text())
        .bytes(digest)
        .time(createdAt)
        .toBytes();
  }

  @Override
  public String toString() {
    return "recovery code of person " + person;
  }
}
