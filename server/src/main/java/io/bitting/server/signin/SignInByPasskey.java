package io.bitting.server.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.member.Factor;
import io.bitting.member.Passkey;
import io.bitting.member.Person;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Json;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs in by a passkey, and proves one as the second factor of a sign-in.
 *
 * <p><b>Security guarantees.</b> Those of {@link Passkeys}; and an answer counts once: a challenge
 * that was made before the passkey was last used is worth nothing, which is asked under the lock of
 * the person. What a passkey signs cannot be guessed, so it does not pass the throttle, and a right
 * one makes the throttle forget what strangers did.
 *
 * <p>Thread-safe. Blocks.
 */
public final class SignInByPasskey {
  private static final String REFUSED =
      "The passkey was not accepted: it is not one of a person here, or the page was open for too long. Try again.";

  private final Store store;
  private final Supplier<Optional<Passkeys>> passkeys;
  private final Challenges challenges;
  private final SignInThrottle throttle;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps passkeys and sign-ins
   * @param passkeys checks answers; empty where browsers have no passkeys
   * @param challenges makes challenges
   * @param throttle forgets
   * @param beginning begins sign-ins
   */
  public SignInByPasskey(
      Store store,
      Supplier<Optional<Passkeys>> passkeys,
      Challenges challenges,
      SignInThrottle throttle,
      Beginning beginning) {
    this.store = store;
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.throttle = throttle;
    this.beginning = beginning;
  }

  /**
   * Says what to ask the browser of a stranger, as JSON.
   *
   * @param own what this browser alone has
   * @return empty where browsers have no passkeys
   */
  public Optional<String> options(String own) {
    return json(stranger(own), List.of());
  }

  /**
   * Says what to ask the browser of somebody who is to prove a second factor, as JSON.
   *
   * @param cookie the cookie of the sign-in
   * @return empty if nobody is signed in by it, or has no passkey
   */
  public Optional<String> secondOptions(String cookie) {
    return store.read(reader ->
        Present.find(reader, cookie, beginning.now())
            .flatMap(present -> {
              List<Bytes> ids =
                  reader.credentials().passkeys(present.person().id()).stream()
                      .flatMap(row -> row.intact().stream())
                      .map(Passkey::credentialId)
                      .toList();
              return ids.isEmpty() ? Optional.<String>empty() : json(signedIn(present), ids);
            }));
  }

  private Optional<String> json(String browser, List<Bytes> ids) {
    return passkeys
        .get()
        .map(here ->
            new String(
                Json.write(here.requestOptions(challenges.make(browser), ids)),
                StandardCharsets.UTF_8));
  }

  /** What a challenge is made for, of a browser in which nobody is signed in. */
  static String stranger(String browser) {
    return "stranger " + browser;
  }

  /** What a challenge is made for, within a sign-in. */
  static String signedIn(Present present) {
    return "sign-in " + present.signIn().id();
  }

  /**
   * Signs in.
   *
   * @param answer what the browser gave
   * @param own what this browser alone has
   * @param browser who asks
   */
  public Outcome<Begun> signIn(JsonNode answer, String own, Browser browser) {
    Optional<Challenges.Answered> answered = challenges.of(answer, stranger(own));
    return answered.isEmpty()
        ? new Outcome.Refused<>(REFUSED)
        : forgiving(
            store
                .<Outcome<Begun>>write(writer -> {
                  Optional<Person> person =
                      kept(writer, answer)
                          .flatMap(passkey -> writer.people().lockPerson(passkey.person()))
                          .flatMap(Sealed::intact)
                          .filter(known -> !known.disabled() && known.hasMfa());
                  if (person.isEmpty() || !use(writer, person.get(), answered.get(), answer)) {
                    return new Outcome.Refused<>(REFUSED);
                  }
                  return new Outcome.Done<>(
                      beginning.begin(writer, person.get(), Optional.of(Factor.PASSKEY), browser));
                })
                .result());
  }

  /**
   * Proves a second factor in a sign-in.
   *
   * @param cookie the cookie of the sign-in
   * @param answer what the browser gave
   * @param browser who asks
   */
  public Outcome<Begun> prove(String cookie, JsonNode answer, Browser browser) {
    return forgiving(
        store
            .<Outcome<Begun>>write(writer -> {
              Optional<Present> present = Present.lock(writer, cookie, beginning.now());
              if (present.isEmpty()) {
                return new Outcome.NotSignedIn<>();
              }
              Optional<Challenges.Answered> answered =
                  challenges.of(answer, signedIn(present.get()));
              if (answered.isEmpty()
                  || !present.get().person().hasMfa()
                  || !use(writer, present.get().person(), answered.get(), answer)) {
                return new Outcome.Refused<>(REFUSED);
              }
              return new Outcome.Done<>(
                  beginning.prove(writer, present.get(), Factor.PASSKEY, browser));
            })
            .result());
  }

  private Outcome<Begun> forgiving(Outcome<Begun> outcome) {
    if (outcome instanceof Outcome.Done<Begun> done) {
      throttle.forget(done.result().person().mail().text());
    }
    return outcome;
  }

  private static Optional<Passkey> kept(Reader reader, JsonNode answer) {
    return Passkeys.credentialId(answer)
        .flatMap(id -> reader.credentials().passkey(id))
        .flatMap(Sealed::intact);
  }

  /** Uses a passkey of a locked person, if the answer proves it. */
  private boolean use(Writer writer, Person person, Challenges.Answered answered, JsonNode answer) {
    Optional<Passkey> found =
        kept(writer, answer)
            .filter(passkey -> passkey.person().equals(person.id()))
            .filter(passkey -> isLater(answered, passkey));
    Optional<Passkeys> here = passkeys.get();
    if (found.isEmpty() || here.isEmpty()) {
      return false;
    }
    Passkey passkey = found.get();
    Passkeys.Outcome outcome =
        here.get()
            .use(
                answered.challenge(),
                new Passkeys.Kept(
                    passkey.credentialId(),
                    passkey.publicKey(),
                    passkey.signCount(),
                    passkey.backupEligible(),
                    passkey.backedUp()),
                person.id().text(),
                answer);
    if (!(outcome instanceof Passkeys.Outcome.Proved proved)) {
      return false;
    }
    writer
        .credentials()
        .updatePasskey(
            passkey.used(
                beginning.now(), proved.passkey().signCount(), proved.passkey().backedUp()));
    return true;
  }

  private static boolean isLater(Challenges.Answered answered, Passkey passkey) {
    return passkey.lastUsedAt() == null || answered.madeAt().isAfter(passkey.lastUsedAt());
  }
}
