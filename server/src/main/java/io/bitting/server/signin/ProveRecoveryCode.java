package io.bitting.server.signin;

import io.bitting.member.Factor;
import io.bitting.member.RecoveryCode;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Proves a second factor by a recovery code, for who has lost the others.
 *
 * <p><b>Security guarantees.</b> A code counts once: it is removed under the lock of the person, in
 * the transaction that lets in. What was enrolled stays enrolled. A code has 140 random bits and
 * does not pass the throttle; a right one makes the throttle forget what strangers did.
 *
 * <p>Thread-safe. Blocks.
 */
public final class ProveRecoveryCode {
  private static final String WRONG =
      "This is none of your recovery codes, or one that was used already; each works once.";

  private final Store store;
  private final SignInThrottle throttle;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps codes and sign-ins
   * @param throttle forgets
   * @param beginning gives new cookies
   */
  public ProveRecoveryCode(Store store, SignInThrottle throttle, Beginning beginning) {
    this.store = store;
    this.throttle = throttle;
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
    Outcome<Begun> outcome =
        store.<Outcome<Begun>>write(writer -> prove(writer, cookie, code, browser)).result();
    if (outcome instanceof Outcome.Done<Begun> done) {
      throttle.forget(done.result().person().mail().text());
    }
    return outcome;
  }

  private Outcome<Begun> prove(Writer writer, String cookie, String code, Browser browser) {
    Optional<Present> present = Present.lock(writer, cookie, beginning.now());
    if (present.isEmpty()) {
      return new Outcome.NotSignedIn<>();
    }
    List<RecoveryCode> codes =
        writer.credentials().recoveryCodes(present.get().person().id()).stream()
            .flatMap((Sealed<RecoveryCode> row) -> row.intact().stream())
            .toList();
    Optional<Bytes> digest = RecoveryCodes.digest(code);
    Optional<RecoveryCode> used =
        codes.stream().filter(each -> Optional.of(each.digest()).equals(digest)).findFirst();
    if (used.isEmpty() || !present.get().person().hasMfa()) {
      return new Outcome.Refused<>(WRONG);
    }
    writer.credentials().removeRecoveryCode(used.get());
    PersonEvents.tell(
        writer,
        present.get().person().id(),
        browser,
        "person.recovery_used",
        List.of(PersonEvents.change("codes_left", String.valueOf(codes.size() - 1))));
    return new Outcome.Done<>(
        beginning.prove(writer, present.get(), Factor.RECOVERY_CODE, browser));
  }
}
