package io.bitting.member;

import io.bitting.id.PersonId;
import io.bitting.seal.Canonical;
import java.time.Instant;

/**
 * What is kept of a person's password.
 *
 * <p>Immutable and thread-safe; {@code toString} does not show the hash.
 *
 * @param person whose
 * @param phc the salted hash with its parameters, as a PHC string
 * @param changedAt when the person last chose it
 */
public record Password(PersonId person, String phc, Instant changedAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("password").text(person.text()).text(phc).time(changedAt).toBytes();
  }

  @Override
  public String toString() {
    return "password of person " + person;
  }
}
