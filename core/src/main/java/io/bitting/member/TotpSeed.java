package io.bitting.member;

import io.bitting.id.PersonId;
import io.bitting.seal.Canonical;
import io.bitting.seal.Encrypted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the secret that a person's one-time passwords (RFC 6238) come from: encrypted,
 * and of use for this person only.
 *
 * <p>Immutable and thread-safe.
 *
 * @param person whose
 * @param seed the secret, encrypted
 * @param createdAt when it was made
 * @param confirmedAt when the person first gave a password that came from it; null until then, and
 *     it proves nothing until then
 * @param lastStep the step of time of the last password that was accepted; one of it, or of an
 *     earlier step, is never accepted again
 */
public record TotpSeed(
    PersonId person,
    Encrypted seed,
    Instant createdAt,
    @Nullable Instant confirmedAt,
    long lastStep) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("totp-seed")
        .text(person.text())
        .number(seed.pepperVersion())
        .bytes(seed.bytes())
        .time(createdAt)
        .time(confirmedAt)
        .number(lastStep)
        .toBytes();
  }

  /** Tells whether it is no factor yet. */
  public boolean isPending() {
    return confirmedAt == null;
  }

  /**
   * Returns it as a factor, after the person gave a password that came from it.
   *
   * @param at when
   * @param step the step of that password
   */
  public TotpSeed confirmed(Instant at, long step) {
    return new TotpSeed(person, seed, createdAt, at, step);
  }

  /**
   * Returns it after another password was accepted.
   *
   * @param step the step of that password
   */
  public TotpSeed accepted(long step) {
    return new TotpSeed(person, seed, createdAt, confirmedAt, step);
  }

  @Override
  public String toString() {
    return "TOTP seed of person " + person;
  }
}
