package io.bitting.server.signin;

import io.bitting.id.SignInId;
import io.bitting.member.Factor;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.seal.Bytes;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Begins sign-ins, and gives them a new cookie whenever something was proved in them, within the
 * transaction that proved it. The one place where either happens.
 *
 * <p><b>Security guarantees.</b> No cookie that was known before counts for more than it did then
 * (session fixation). A browser is called known only after everything was proved that the person
 * has: whoever knows the password alone does not get further guesses at the second factor by it.
 *
 * <p>Thread-safe.
 */
public final class Beginning {
  private final SignInCookies cookies;
  private final KnownDevices devices;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Prepares to begin sign-ins.
   *
   * @param cookies makes cookies
   * @param devices tells known browsers
   * @param clock tells the time
   * @param random gives ids
   */
  public Beginning(SignInCookies cookies, KnownDevices devices, Clock clock, SecureRandom random) {
    this.cookies = cookies;
    this.devices = devices;
    this.clock = clock;
    this.random = random;
  }

  /** Returns what the clock says. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Begins one.
   *
   * @param person who, locked
   * @param proved what was proved; empty for a password that is too short to be the only factor
   */
  Begun begin(Writer writer, Person person, Optional<Factor> proved, Browser browser) {
    Instant now = now();
    String cookie = cookies.draw();
    SignIn signIn =
        new SignIn(
            SignInId.generate(random),
            Bytes.sha256(cookie),
            person.id(),
            now,
            now,
            proved.map(factor -> Map.of(factor, now)).orElse(Map.of()),
            browser.address(),
            browser.userAgent(),
            null);
    writer.credentials().insertSignIn(signIn);
    PersonEvents.tell(
        writer,
        person.id(),
        browser,
        "signin.made",
        List.of(PersonEvents.change("factor", proved.orElse(Factor.PASSWORD).code())));
    return begun(writer, person, signIn, cookie);
  }

  /** Takes note of a factor that was proved. */
  Begun prove(Writer writer, Present present, Factor factor, Browser browser) {
    PersonEvents.tell(
        writer,
        present.person().id(),
        browser,
        "signin.proved",
        List.of(PersonEvents.change("factor", factor.code())));
    return renew(writer, present.person(), present.signIn().proving(factor, now()));
  }

  /** Gives a sign-in a new cookie, and stores it. */
  Begun renew(Writer writer, Person person, SignIn signIn) {
    String cookie = cookies.draw();
    SignIn renewed = signIn.renewed(Bytes.sha256(cookie));
    writer.credentials().updateSignIn(renewed);
    return begun(writer, person, renewed, cookie);
  }

  /** Somebody counts as signed in once everything was proved. */
  private Begun begun(Writer writer, Person person, SignIn signIn, String cookie) {
    boolean whole = Standing.of(person, signIn) == Standing.WHOLE;
    if (whole) {
      writer.people().noteSignIn(person.id(), signIn.createdAt());
    }
    return new Begun(
        signIn,
        person,
        cookie,
        whole ? Optional.of(devices.make(person.mail().text())) : Optional.empty());
  }
}
