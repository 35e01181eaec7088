package io.bitting.member;

import io.bitting.id.PersonId;
import io.bitting.seal.Canonical;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * <p><b>Security guarantees.</b> Sealed, and with it whether there is a second factor: who takes
 * the rows of a person's factors out of the database does not make a person without one.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id only.
 *
 * @param id names the person for ever
 * @param mail the address by which the person signs in, which nobody else has
 * @param name what people call the person
 * @param mfaSince since when the person has a second factor; null if there is none
 * @param disabled whether the person is kept from signing in
 * @param createdAt when the person was added
 * @param revision counts changes, from 1
 */
public record Person(
    PersonId id,
    MailAddress mail,
    String name,
    @Nullable Instant mfaSince,
    boolean disabled,
    Instant createdAt,
    long revision) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("person")
        .text(id.text())
        .text(mail.text())
        .text(name)
        .time(mfaSince)
        .flag(disabled)
        .time(createdAt)
        .number(revision)
        .toBytes();
  }

  /** Tells whether the person has a second factor. */
  public boolean hasMfa() {
    return mfaSince != null;
  }

  /**
   * Returns the person with another address and name.
   *
   * @param newMail the address
   * @param newName the name
   */
  public Person edited(MailAddress newMail, String newName) {
    return new Person(id, newMail, newName, mfaSince, disabled, createdAt, revision + 1);
  }

  /**
   * Returns the person with a second factor or without one.
   *
   * @param since since when there is one; empty for none
   */
  public Person withMfa(Optional<Instant> since) {
    return new Person(id, mail, name, since.orElse(null), disabled, createdAt, revision + 1);
  }

  /**
   * Returns the person kept from signing in, or no longer.
   *
   * @param nowDisabled whether the person is kept from it
   */
  public Person disabled(boolean nowDisabled) {
    return new Person(id, mail, name, mfaSince, nowDisabled, createdAt, revision + 1);
  }

  @Override
  public String toString() {
    return "person " + id;
  }
}
