package io.bitting.server.signin;

import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import java.time.Instant;
import java.util.Optional;

/**
 * A person and the live sign-in that a cookie belongs to, within a transaction.
 *
 * @param person the person, intact and not disabled
 * @param signIn the sign-in, intact and live
 * @param now what the clock says
 */
public record Present(Person person, SignIn signIn, Instant now) {

  /**
   * Finds whoever a cookie belongs to.
   *
   * @param reader the transaction
   * @param cookie what a browser sent, any text
   * @param now what the clock says
   */
  public static Optional<Present> find(Reader reader, String cookie, Instant now) {
    return live(reader, cookie, now)
        .flatMap(signIn ->
            reader
                .people()
                .person(signIn.person())
                .flatMap(Sealed::intact)
                .filter(person -> !person.disabled())
                .map(person -> new Present(person, signIn, now)));
  }

  /** Finds whoever a cookie belongs to, and locks the person. */
  static Optional<Present> lock(Writer writer, String cookie, Instant now) {
    Optional<Person> person =
        live(writer, cookie, now)
            .flatMap(signIn -> writer.people().lockPerson(signIn.person()))
            .flatMap(Sealed::intact)
            .filter(known -> !known.disabled());
    // Under the lock once more: it may have ended, or got another cookie, before it was had.
    return person.flatMap(
        known -> live(writer, cookie, now).map(signIn -> new Present(known, signIn, now)));
  }

  private static Optional<SignIn> live(Reader reader, String cookie, Instant now) {
    Optional<Bytes> digest = SignInCookies.digest(cookie);
    return digest
        .flatMap(value -> reader.credentials().signIn(value))
        .flatMap(Sealed::intact)
        .filter(signIn -> signIn.isLive(now));
  }

  /** Tells what the sign-in is good for. */
  public Standing standing() {
    return Standing.of(person, signIn);
  }

  boolean isFresh() {
    return signIn.isFresh(person, now);
  }
}
