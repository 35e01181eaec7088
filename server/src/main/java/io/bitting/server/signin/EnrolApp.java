package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Sealed;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Enrols an authenticator app, in place of another one perhaps: shows a seed, and takes it as a
 * factor once the app has shown a code that comes from it.
 *
 * <p><b>Security guarantees.</b> Whoever has a second factor proves it first. A seed is stored
 * encrypted, and proves nothing before it is confirmed.
 *
 * <p>Thread-safe. Blocks.
 */
public final class EnrolApp {
  /** A page that is loaded again shows the same seed, so that a scanned one stays good. */
  private static final Duration SHOWN_AGAIN = Duration.ofMinutes(30);

  private final OwnAccount account;
  private final Totp totp;
  private final Enrolment enrolment;

  /**
   * Makes the flow.
   *
   * @param store keeps seeds
   * @param totp makes seeds and checks codes
   * @param enrolment does what follows
   * @param beginning gives new cookies
   */
  public EnrolApp(Store store, Totp totp, Enrolment enrolment, Beginning beginning) {
    this.account = new OwnAccount(store, beginning);
    this.totp = totp;
    this.enrolment = enrolment;
  }

  /**
   * What an app is given. {@code toString} does not show it.
   *
   * @param text the seed, to be typed
   * @param uri the seed as an address, for a picture
   */
  public record Seed(String text, String uri) {
    @Override
    public String toString() {
      return "Seed";
    }
  }

  /**
   * Makes a seed, or finds the one that was made a moment ago.
   *
   * @param cookie the cookie of the sign-in
   */
  public Outcome<Seed> offer(String cookie) {
    return account.change(
        cookie,
        OwnAccount.Demand.ENROLLING,
        (writer, present) -> {
          byte[] seed = pending(writer, present).orElseGet(() -> put(writer, present));
          try {
            return new Outcome.Done<>(
                new Seed(
                    Totp.revealText(seed),
                    Totp.revealUri("Bitting", present.person().mail().text(), seed)));
          } finally {
            Arrays.fill(seed, (byte) 0);
          }
        });
  }

  private static Optional<byte[]> pending(Writer writer, Present present) {
    return writer
        .credentials()
        .pendingTotpSeed(present.person().id())
        .flatMap(Sealed::intact)
        .filter(seed -> present.now().isBefore(seed.createdAt().plus(SHOWN_AGAIN)))
        .flatMap(writer.credentials()::decrypted);
  }

  private byte[] put(Writer writer, Present present) {
    byte[] seed = totp.generate();
    writer.credentials().putPendingTotpSeed(present.person().id(), seed);
    return seed;
  }

  /**
   * Takes the seed as a factor.
   *
   * @param cookie the cookie of the sign-in
   * @param code what the app shows
   * @param browser who asks
   */
  public Outcome<Enrolled> confirm(String cookie, String code, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.ENROLLING,
        (writer, present) -> {
          Optional<TotpSeed> pending =
              writer.credentials().pendingTotpSeed(present.person().id()).flatMap(Sealed::intact);
          OptionalLong step =
              pending.map(seed -> step(writer, seed, code)).orElse(OptionalLong.empty());
          if (step.isEmpty()) {
            return Outcome.Faulty.at(
                "/code",
                "code_wrong",
                "the code is not the one that the app shows now",
                "enter the next one; if none is taken, the clock of the phone is wrong");
          }
          writer
              .credentials()
              .confirmTotpSeed(pending.get().confirmed(present.now(), step.getAsLong()));
          return new Outcome.Done<>(enrolment.complete(writer, present, Factor.TOTP, browser));
        });
  }

  private OptionalLong step(Writer writer, TotpSeed seed, String code) {
    Optional<byte[]> secret = writer.credentials().decrypted(seed);
    try {
      return secret
          .map(bytes -> totp.accept(bytes, code, Totp.NO_STEP))
          .orElse(OptionalLong.empty());
    } finally {
      secret.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }
}
