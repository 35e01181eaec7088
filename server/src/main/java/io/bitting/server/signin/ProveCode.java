package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.Password;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Proves a second factor by a code of an authenticator app: to sign in, or once more before
 * something sensitive.
 *
 * <p><b>Security guarantees.</b> A code counts once, also of two at the same moment and on several
 * nodes: the step is stored under the lock of the person. Every try goes through the throttle.
 *
 * <p>Thread-safe. Blocks.
 */
public final class ProveCode {
  private static final String WRONG =
      "The code is not the one that the app shows now, or was used already; each counts once. Wait for the next one.";
  private static final String USED_UP =
      "Too many codes were wrong in a row. Use a passkey or a recovery code.";

  private final Store store;
  private final Totp totp;
  private final SignInThrottle throttle;
  private final KnownDevices devices;
  private final RefusedSignIns refused;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps seeds and sign-ins
   * @param totp checks codes
   * @param throttle admits attempts
   * @param devices tells known browsers
   * @param refused counts what was refused
   * @param beginning gives new cookies
   */
  public ProveCode(
      Store store,
      Totp totp,
      SignInThrottle throttle,
      KnownDevices devices,
      RefusedSignIns refused,
      Beginning beginning) {
    this.store = store;
    this.totp = totp;
    this.throttle = throttle;
    this.devices = devices;
    this.refused = refused;
    this.beginning = beginning;
  }

  /**
   * Proves the factor.
   *
   * @param cookie the cookie of the sign-in
   * @param code what was typed
   * @param browser who asks
   */
  public Outcome<Begun> prove(String cookie, String code, Browser browser) {
    Optional<SignInThrottle.Attempt> attempt =
        store.read(reader -> attempt(reader, cookie, browser));
    return attempt.isEmpty()
        ? new Outcome.NotSignedIn<>()
        : switch (throttle.admit(attempt.get())) {
          case SignInThrottle.Admission.Later later -> new Outcome.Later<>(later.after());
          case SignInThrottle.Admission.UsedUp _ -> new Outcome.Refused<>(USED_UP);
          case SignInThrottle.Admission.Admitted _ ->
              admitted(cookie, code, browser, attempt.get());
        };
  }

  private Outcome<Begun> admitted(
      String cookie, String code, Browser browser, SignInThrottle.Attempt attempt) {
    Outcome<Begun> outcome =
        store.<Outcome<Begun>>write(writer -> prove(writer, cookie, code, browser)).result();
    switch (outcome) {
      case Outcome.Done<Begun> _ -> throttle.succeeded(attempt);
      case Outcome.NotSignedIn<Begun> _ -> throttle.withdrawn(attempt);
      default ->
          store
              .read(reader -> Present.find(reader, cookie, beginning.now()))
              .ifPresent(present -> refused.note(present.person().id(), browser.address()));
    }
    return outcome;
  }

  private Optional<SignInThrottle.Attempt> attempt(Reader reader, String cookie, Browser browser) {
    return Present.find(reader, cookie, beginning.now())
        .map(present -> {
          String account = present.person().mail().text();
          Optional<Password> password =
              reader.credentials().password(present.person().id()).flatMap(Sealed::intact);
          return new SignInThrottle.Attempt(
              SignInThrottle.Guess.CODE,
              account,
              password.flatMap(
                  known -> devices.recognize(account, browser.device(), known.changedAt())),
              browser.address());
        });
  }

  private Outcome<Begun> prove(Writer writer, String cookie, String code, Browser browser) {
    Optional<Present> present = Present.lock(writer, cookie, beginning.now());
    if (present.isEmpty()) {
      return new Outcome.NotSignedIn<>();
    }
    Optional<TotpSeed> seed =
        writer
            .credentials()
            .totpSeed(present.get().person().id())
            .flatMap(Sealed::intact)
            .filter(known -> !known.isPending());
    OptionalLong step = seed.map(known -> step(writer, known, code)).orElse(OptionalLong.empty());
    if (step.isEmpty()) {
      return new Outcome.Refused<>(WRONG);
    }
    writer.credentials().updateTotpSeed(seed.get().accepted(step.getAsLong()));
    return new Outcome.Done<>(beginning.prove(writer, present.get(), Factor.TOTP, browser));
  }

  private OptionalLong step(Writer writer, TotpSeed seed, String code) {
    Optional<byte[]> secret = writer.credentials().decrypted(seed);
    if (secret.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return totp.accept(secret.get(), code, seed.lastStep());
    } finally {
      Arrays.fill(secret.get(), (byte) 0);
    }
  }
}
