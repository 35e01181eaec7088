package io.bitting.server.signin;

import io.bitting.issue.Fault;
import io.bitting.member.Member;
import io.bitting.member.Password;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a person another password, and ends all other sign-ins.
 *
 * <p><b>Security guarantees.</b> Asks for the password as it is, through the throttle, and for a
 * fresh second factor from who has one. Browsers that were known are strangers afterwards.
 *
 * <p>Thread-safe. Blocks.
 */
public final class ChangePassword {
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final Store store;
  private final OwnAccount account;
  private final PasswordCheck check;
  private final PasswordRule rule;
  private final Passwords passwords;
  private final SignInThrottle throttle;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps passwords
   * @param check checks the password as it is
   * @param rule judges the new one
   * @param passwords hashes it
   * @param throttle forgets
   * @param beginning gives new cookies
   */
  public ChangePassword(
      Store store,
      PasswordCheck check,
      PasswordRule rule,
      Passwords passwords,
      SignInThrottle throttle,
      Beginning beginning) {
    this.store = store;
    this.account = new OwnAccount(store, beginning);
    this.check = check;
    this.rule = rule;
    this.passwords = passwords;
    this.throttle = throttle;
    this.beginning = beginning;
  }

  /** Who asks, and what belongs to them. */
  private record Asking(Present present, List<String> own) {}

  /**
   * Changes the password.
   *
   * @param cookie the cookie of the sign-in
   * @param current the password as it is
   * @param next the new one
   * @param browser who asks
   */
  public Outcome<Begun> change(String cookie, String current, String next, Browser browser) {
    Optional<Asking> asking = store.read(reader -> asking(reader, cookie));
    if (asking.isEmpty()) {
      return new Outcome.NotSignedIn<>();
    }
    Present present = asking.get().present();
    Optional<Outcome.No<Begun>> refusal = OwnAccount.refusal(present, OwnAccount.Demand.FRESH);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Outcome<PasswordCheck.Right> checked =
        check.check(present.person().mail().text(), current, browser);
    if (!(checked instanceof Outcome.Done<PasswordCheck.Right> right)) {
      return checked instanceof Outcome.Refused<PasswordCheck.Right>
          ? Outcome.Faulty.at(
              "/current_password",
              "password_wrong",
              "this is not your password",
              "enter the password that you sign in with now")
          : ((Outcome.No<PasswordCheck.Right>) checked).of();
    }
    List<Fault> faults =
        rule.faults(
            "/new_password",
            new PasswordRule.Candidate(next, present.person().hasMfa(), asking.get().own()));
    if (!faults.isEmpty()) {
      return new Outcome.Faulty<>(faults);
    }
    Optional<String> phc = passwords.hash(next);
    return phc.isEmpty()
        ? new Outcome.Later<>(BUSY)
        : changed(cookie, right.result(), phc.get(), next, browser);
  }

  private Outcome<Begun> changed(
      String cookie, PasswordCheck.Right right, String phc, String next, Browser browser) {
    Outcome<Begun> outcome =
        account.change(
            cookie,
            OwnAccount.Demand.FRESH,
            (writer, present) -> {
              boolean holds =
                  right.holds(writer).filter(present.person()::equals).isPresent()
                      // The factor may have been removed since the length was judged.
                      && SignInByPassword.proved(present.person(), next).isPresent();
              if (!holds) {
                return new Outcome.NotSignedIn<>();
              }
              return new Outcome.Done<>(put(writer, present, phc, browser));
            });
    if (outcome instanceof Outcome.Done<Begun> done) {
      throttle.forget(done.result().person().mail().text());
    }
    return outcome;
  }

  private Begun put(Writer writer, Present present, String phc, Browser browser) {
    writer.credentials().putPassword(new Password(present.person().id(), phc, present.now()));
    int ended = EndSignIns.endOthers(writer, present);
    PersonEvents.tell(
        writer,
        present.person().id(),
        browser,
        "person.password_changed",
        List.of(PersonEvents.change("ended_sign_ins", String.valueOf(ended))));
    return beginning.renew(writer, present.person(), present.signIn());
  }

  private Optional<Asking> asking(Reader reader, String cookie) {
    return Present.find(reader, cookie, beginning.now())
        .map(present -> {
          List<String> own = new ArrayList<>();
          own.add(present.person().name());
          own.add(present.person().mail().text());
          reader.people().memberships(present.person().id()).stream()
              .map(Sealed::unchecked)
              .map(Member::organization)
              .flatMap(id -> reader.organization(id).map(Sealed::unchecked).stream())
              .map(Organization::name)
              .forEach(own::add);
          return new Asking(present, own);
        });
  }
}
