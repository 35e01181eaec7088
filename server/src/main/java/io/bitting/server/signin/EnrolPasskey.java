package io.bitting.server.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.id.DisplayName;
import io.bitting.id.PasskeyId;
import io.bitting.member.Factor;
import io.bitting.member.Passkey;
import io.bitting.member.Person;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Json;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Enrols a passkey.
 *
 * <p><b>Security guarantees.</b> Whoever has a second factor proves it first. The passkey is made
 * for a challenge of this sign-in, and nobody has it already.
 *
 * <p>Thread-safe. Blocks.
 */
public final class EnrolPasskey {
  private static final int AT_MOST = 20;
  private static final String USUAL_NAME = "Passkey";

  private final Store store;
  private final OwnAccount account;
  private final Supplier<Optional<Passkeys>> passkeys;
  private final Challenges challenges;
  private final Enrolment enrolment;
  private final Beginning beginning;
  private final SecureRandom random;

  /**
   * Makes the flow.
   *
   * @param store keeps passkeys
   * @param passkeys checks answers; empty where browsers have no passkeys
   * @param challenges makes challenges
   * @param enrolment does what follows
   * @param beginning gives new cookies
   * @param random gives ids
   */
  public EnrolPasskey(
      Store store,
      Supplier<Optional<Passkeys>> passkeys,
      Challenges challenges,
      Enrolment enrolment,
      Beginning beginning,
      SecureRandom random) {
    this.store = store;
    this.account = new OwnAccount(store, beginning);
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.enrolment = enrolment;
    this.beginning = beginning;
    this.random = random;
  }

  /**
   * Says what to ask the browser, as JSON.
   *
   * @param cookie the cookie of the sign-in
   * @return empty if nobody is signed in by it, or browsers have no passkeys here
   */
  public Optional<String> options(String cookie) {
    return passkeys
        .get()
        .flatMap(here ->
            store.read(reader ->
                Present.find(reader, cookie, beginning.now())
                    .map(present ->
                        new String(
                            Json.write(
                                here.creationOptions(
                                    challenges.make(SignInByPasskey.signedIn(present)),
                                    owner(present.person()),
                                    ids(reader, present.person()))),
                            StandardCharsets.UTF_8))));
  }

  private static Passkeys.Owner owner(Person person) {
    return new Passkeys.Owner(person.id().text(), person.mail().text(), person.name());
  }

  private static List<Bytes> ids(Reader reader, Person person) {
    return reader.credentials().passkeys(person.id()).stream()
        .flatMap((Sealed<Passkey> row) -> row.intact().stream())
        .map(Passkey::credentialId)
        .toList();
  }

  /**
   * Enrols the passkey.
   *
   * @param cookie the cookie of the sign-in
   * @param name what the person calls it; empty for the usual name
   * @param answer what the browser gave
   * @param browser who asks
   */
  public Outcome<Enrolled> enrol(String cookie, String name, JsonNode answer, Browser browser) {
    String normal =
        DisplayName.normalize(name).isEmpty() ? USUAL_NAME : DisplayName.normalize(name);
    Optional<String> fault = DisplayName.fault("name", normal, DisplayName.LENGTH_MAX);
    if (fault.isPresent()) {
      return Outcome.Faulty.at("/passkey_name", "name_invalid", fault.get(), "choose another name");
    }
    try {
      return account.change(
          cookie,
          OwnAccount.Demand.ENROLLING,
          (writer, present) -> {
            if (writer.credentials().passkeys(present.person().id()).size() >= AT_MOST) {
              return new Outcome.Refused<>(
                  "You have " + AT_MOST + " passkeys, which is the most; remove one first.");
            }
            Optional<Passkeys.Kept> made = made(present, answer);
            if (made.isEmpty()) {
              return refused();
            }
            Passkeys.Kept kept = made.get();
            writer
                .credentials()
                .insertPasskey(
                    new Passkey(
                        PasskeyId.generate(random),
                        present.person().id(),
                        normal,
                        kept.credentialId(),
                        kept.publicKey(),
                        kept.signCount(),
                        kept.backupEligible(),
                        kept.backedUp(),
                        present.now(),
                        null));
            return new Outcome.Done<>(enrolment.complete(writer, present, Factor.PASSKEY, browser));
          });
    } catch (StoreException.Conflict e) {
      return refused();
    }
  }

  private static <R> Outcome<R> refused() {
    return new Outcome.Refused<>(
        "The passkey was not accepted: the page was open for too long, or the device has one for this site already. Try again.");
  }

  private Optional<Passkeys.Kept> made(Present present, JsonNode answer) {
    return challenges
        .of(answer, SignInByPasskey.signedIn(present))
        .flatMap(answered -> passkeys.get().map(here -> here.enrol(answered.challenge(), answer)))
        .flatMap(outcome ->
            outcome instanceof Passkeys.Outcome.Proved proved
                ? Optional.of(proved.passkey())
                : Optional.empty());
  }
}
