package io.bitting.server.signin;

import io.bitting.id.PersonId;
import io.bitting.seal.PepperKeyset;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Everything that a person does before and besides the work on an organization, wired together.
 *
 * @param cookies makes the values of cookies
 * @param beginning begins sign-ins
 * @param byPassword signs in by password
 * @param byPasskey signs in by passkey, and proves one
 * @param byCode proves an authenticator app
 * @param byRecoveryCode proves by a recovery code
 * @param enrolApp enrols an app
 * @param enrolPasskey enrols a passkey
 * @param removeFactor removes either
 * @param recoveryCodes makes recovery codes anew
 * @param changePassword changes the password
 * @param endSignIns signs out
 * @param arrivals makes persons of those who come with a code
 * @param invitations accepts invitations
 * @param chores what is done without being asked for
 */
public record Door(
    SignInCookies cookies,
    Beginning beginning,
    SignInByPassword byPassword,
    SignInByPasskey byPasskey,
    ProveCode byCode,
    ProveRecoveryCode byRecoveryCode,
    EnrolApp enrolApp,
    EnrolPasskey enrolPasskey,
    RemoveFactor removeFactor,
    RenewRecoveryCodes recoveryCodes,
    ChangePassword changePassword,
    EndSignIns endSignIns,
    Arrivals arrivals,
    AcceptInvitation invitations,
    List<Chore> chores) {

  /** Copies the list. */
  public Door {
    chores = List.copyOf(chores);
  }

  /**
   * Wires it.
   *
   * @param store has the people
   * @param keyset seals what browsers keep for us
   * @param baseUrl the address that people know, without a slash at its end
   * @param clock tells the time
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param random gives everything that nobody is to guess
   */
  public static Door of(
      Store store,
      PepperKeyset keyset,
      Supplier<String> baseUrl,
      Clock clock,
      LongSupplier nanos,
      SecureRandom random) {
    Supplier<Optional<Passkeys>> passkeys = () -> Passkeys.at(baseUrl.get());
    // The other half is for those who ask about keys.
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Passwords passwords = new Passwords(random, atOnce);
    PasswordRule rule = new PasswordRule();
    SignInThrottle throttle = new SignInThrottle(nanos, random.nextLong());
    KnownDevices devices = new KnownDevices(keyset, clock, random);
    Totp totp = new Totp(clock, random);
    Challenges challenges = new Challenges(keyset, clock, random);
    RefusedSignIns refused = new RefusedSignIns(store);
    SignInCookies cookies = new SignInCookies(random);
    Beginning beginning = new Beginning(cookies, devices, clock, random);
    PasswordCheck check =
        new PasswordCheck(store, passwords, throttle, devices, refused, PersonId.generate(random));
    Enrolment enrolment = new Enrolment(new RecoveryCodes(random), beginning);
    Arrivals arrivals = new Arrivals(store, check, rule, passwords, beginning, random);
    return new Door(
        cookies,
        beginning,
        new SignInByPassword(store, check, beginning),
        new SignInByPasskey(store, passkeys, challenges, throttle, beginning),
        new ProveCode(store, totp, throttle, devices, refused, beginning),
        new ProveRecoveryCode(store, throttle, beginning),
        new EnrolApp(store, totp, enrolment, beginning),
        new EnrolPasskey(store, passkeys, challenges, enrolment, beginning, random),
        new RemoveFactor(store, beginning),
        new RenewRecoveryCodes(store, enrolment, beginning),
        new ChangePassword(store, check, rule, passwords, throttle, beginning),
        new EndSignIns(store, beginning),
        arrivals,
        new AcceptInvitation(store, arrivals, beginning, random),
        List.of(refused, new RemoveOldSignIns(store)));
  }
}
