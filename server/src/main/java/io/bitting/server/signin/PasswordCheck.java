package io.bitting.server.signin;

import io.bitting.id.PersonId;
import io.bitting.member.MailAddress;
import io.bitting.member.Password;
import io.bitting.member.Person;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks a password that somebody gives for a mail address: the one way to try one.
 *
 * <p><b>Security guarantees.</b> An address that nobody has takes as long as a wrong password, and
 * is answered the same; so are a person who is disabled and rows that were altered. Every try goes
 * through the throttle, which never keeps out a browser that the account was used from before. Not
 * given: that the password is still the same when it matters; {@link Right#holds} asks that again.
 *
 * <p>Thread-safe. Blocks.
 */
public final class PasswordCheck {
  private static final Duration BUSY = Duration.ofSeconds(5);
  private static final String WRONG =
      "The mail address and the password do not belong together, or nobody has that address.";
  private static final String USED_UP =
      "Too many attempts have failed in a row. Sign in from a browser that you used before, with a passkey, or ask somebody who manages members of your organization.";

  private final Store store;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final KnownDevices devices;
  private final RefusedSignIns refused;

  /** Whom nobody is: looked up in place of somebody unknown. */
  private final PersonId nobody;

  /**
   * Prepares to check passwords.
   *
   * @param store has them
   * @param passwords compares them
   * @param throttle admits attempts
   * @param devices tells known browsers
   * @param refused counts what was refused
   * @param nobody an id that nobody has
   */
  public PasswordCheck(
      Store store,
      Passwords passwords,
      SignInThrottle throttle,
      KnownDevices devices,
      RefusedSignIns refused,
      PersonId nobody) {
    this.store = store;
    this.passwords = passwords;
    this.throttle = throttle;
    this.devices = devices;
    this.refused = refused;
    this.nobody = nobody;
  }

  /**
   * A right password.
   *
   * @param person whose
   * @param password as it is stored
   * @param rehashed the same password at today's cost, if what is stored costs less
   */
  record Right(Person person, Password password, Optional<String> rehashed) {

    /** Locks the person, and tells whether all is as it was when the password was checked. */
    Optional<Person> holds(Writer writer) {
      return writer
          .people()
          .lockPerson(person.id())
          .flatMap(Sealed::intact)
          .filter(now -> !now.disabled())
          .filter(now ->
              writer
                  .credentials()
                  .password(now.id())
                  .flatMap(Sealed::intact)
                  .filter(stored -> stored.equals(password))
                  .isPresent());
    }

    /** Keeps the password at today's cost. */
    void keepRehashed(Writer writer) {
      rehashed.ifPresent(phc ->
          writer.credentials().putPassword(new Password(person.id(), phc, password.changedAt())));
    }

    @Override
    public String toString() {
      return "Right[" + person + "]";
    }
  }

  /** What is stored of a mail address. */
  private record Found(Optional<Person> person, Optional<Password> password) {}

  /**
   * Checks a password.
   *
   * @param mail what was typed
   * @param password what was typed
   * @param browser who asks
   */
  Outcome<Right> check(String mail, String password, Browser browser) {
    Optional<MailAddress> address = MailAddress.parse(mail.strip());
    Found found = store.read(reader -> find(reader, address));
    SignInThrottle.Attempt attempt =
        new SignInThrottle.Attempt(
            SignInThrottle.Guess.PASSWORD,
            address.map(MailAddress::text).orElseGet(() -> Bytes.sha256(mail).hex()),
            address.flatMap(known -> device(found, known, browser)),
            browser.address());
    return switch (throttle.admit(attempt)) {
      case SignInThrottle.Admission.Later later -> {
        note(found, browser);
        yield new Outcome.Later<>(later.after());
      }
      case SignInThrottle.Admission.UsedUp _ -> {
        note(found, browser);
        yield new Outcome.Refused<>(USED_UP);
      }
      case SignInThrottle.Admission.Admitted _ -> admitted(found, password, browser, attempt);
    };
  }

  private Outcome<Right> admitted(
      Found found, String password, Browser browser, SignInThrottle.Attempt attempt) {
    Passwords.Outcome outcome = passwords.check(found.password().map(Password::phc), password);
    if (outcome == Passwords.Outcome.BUSY) {
      throttle.withdrawn(attempt);
      return new Outcome.Later<>(BUSY);
    }
    if (outcome == Passwords.Outcome.WRONG
        || found.person().filter(person -> !person.disabled()).isEmpty()
        || found.password().isEmpty()) {
      note(found, browser);
      return new Outcome.Refused<>(WRONG);
    }
    throttle.succeeded(attempt);
    return new Outcome.Done<>(
        new Right(
            found.person().get(),
            found.password().get(),
            outcome == Passwords.Outcome.RIGHT_AND_OUTDATED
                ? passwords.hash(password)
                : Optional.empty()));
  }

  private void note(Found found, Browser browser) {
    found.person().ifPresent(person -> refused.note(person.id(), browser.address()));
  }

  /** Asks for as much when nobody has the address. */
  private Found find(Reader reader, Optional<MailAddress> address) {
    Optional<Person> person =
        address.flatMap(known -> reader.people().person(known)).flatMap(Sealed::intact);
    Optional<Password> password =
        reader
            .credentials()
            .password(person.map(Person::id).orElse(nobody))
            .flatMap(Sealed::intact);
    return new Found(person, password);
  }

  private Optional<String> device(Found found, MailAddress mail, Browser browser) {
    return found
        .password()
        .flatMap(known -> devices.recognize(mail.text(), browser.device(), known.changedAt()));
  }
}
