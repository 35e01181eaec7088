package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.Person;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.Optional;

/**
 * Signs in by mail address and password. For who has a second factor that is the first half.
 *
 * <p><b>Security guarantees.</b> Those of {@link PasswordCheck}. A password that is too short to be
 * the only factor signs in whoever has no other to enrol one, and to nothing else.
 *
 * <p>Thread-safe. Blocks.
 */
public final class SignInByPassword {
  private final Store store;
  private final PasswordCheck check;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps sign-ins
   * @param check checks passwords
   * @param beginning begins sign-ins
   */
  public SignInByPassword(Store store, PasswordCheck check, Beginning beginning) {
    this.store = store;
    this.check = check;
    this.beginning = beginning;
  }

  /**
   * Signs in.
   *
   * @param mail what was typed
   * @param password what was typed
   * @param browser who asks
   */
  public Outcome<Begun> signIn(String mail, String password, Browser browser) {
    return switch (check.check(mail, password, browser)) {
      case Outcome.No<PasswordCheck.Right> no -> no.of();
      case Outcome.Done<PasswordCheck.Right> right ->
          store
              .<Outcome<Begun>>write(writer -> begin(writer, right.result(), password, browser))
              .result();
    };
  }

  private Outcome<Begun> begin(
      Writer writer, PasswordCheck.Right right, String password, Browser browser) {
    Optional<Person> person = right.holds(writer);
    if (person.isEmpty()) {
      return new Outcome.NotSignedIn<>();
    }
    right.keepRehashed(writer);
    return new Outcome.Done<>(
        beginning.begin(writer, person.get(), proved(person.get(), password), browser));
  }

  /** A password that is too short to be the only factor proves nothing while it is. */
  static Optional<Factor> proved(Person person, String password) {
    return person.hasMfa() || PasswordRule.sufficesAlone(password)
        ? Optional.of(Factor.PASSWORD)
        : Optional.empty();
  }
}
