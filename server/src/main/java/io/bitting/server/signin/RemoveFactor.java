package io.bitting.server.signin;

import io.bitting.id.PasskeyId;
import io.bitting.member.Factor;
import io.bitting.member.Member;
import io.bitting.member.Passkey;
import io.bitting.member.Person;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Removes a second factor. The last one takes the recovery codes with it, ends the other sign-ins,
 * and stays where an organization requires one.
 *
 * <p>Thread-safe. Blocks.
 */
public final class RemoveFactor {
  private final OwnAccount account;
  private final Beginning beginning;

  /**
   * Makes the flow.
   *
   * @param store keeps factors
   * @param beginning gives new cookies
   */
  public RemoveFactor(Store store, Beginning beginning) {
    this.account = new OwnAccount(store, beginning);
    this.beginning = beginning;
  }

  /**
   * Removes the authenticator app.
   *
   * @param cookie the cookie of the sign-in, with a fresh second factor
   * @param browser who asks
   */
  public Outcome<Begun> app(String cookie, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.FRESH,
        (writer, present) -> {
          if (!hasApp(writer, present.person())) {
            return new Outcome.Refused<>("There is no authenticator app to remove.");
          }
          boolean last = writer.credentials().passkeys(present.person().id()).isEmpty();
          return remove(
              writer,
              present,
              last,
              Factor.TOTP,
              browser,
              () -> writer.credentials().removeTotpSeeds(present.person().id()));
        });
  }

  /**
   * Removes a passkey.
   *
   * @param cookie the cookie of the sign-in, with a fresh second factor
   * @param id which
   * @param browser who asks
   */
  public Outcome<Begun> passkey(String cookie, String id, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.FRESH,
        (writer, present) -> {
          List<Passkey> passkeys =
              writer.credentials().passkeys(present.person().id()).stream()
                  .map(Sealed::unchecked)
                  .toList();
          Optional<Passkey> found =
              PasskeyId.parse(id)
                  .flatMap(named ->
                      passkeys.stream().filter(each -> each.id().equals(named)).findFirst());
          if (found.isEmpty()) {
            return new Outcome.Refused<>("There is no such passkey of yours.");
          }
          boolean last = passkeys.size() == 1 && !hasApp(writer, present.person());
          return remove(
              writer,
              present,
              last,
              Factor.PASSKEY,
              browser,
              () -> writer.credentials().removePasskey(found.get()));
        });
  }

  private static boolean hasApp(Writer writer, Person person) {
    return writer.credentials().totpSeed(person.id()).isPresent();
  }

  private Outcome<Begun> remove(
      Writer writer,
      Present present,
      boolean last,
      Factor factor,
      Browser browser,
      Runnable removal) {
    Optional<Organization> requiring = last ? requiring(writer, present) : Optional.empty();
    if (requiring.isPresent()) {
      return new Outcome.Refused<>(
          requiring.get().name()
              + " requires a second factor, and this is your last; enrol another one first.");
    }
    removal.run();
    Person person = present.person();
    if (last) {
      person = person.withMfa(Optional.empty());
      writer.people().updatePerson(person);
      writer.credentials().putRecoveryCodes(person.id(), List.of());
      EndSignIns.endOthers(writer, present);
    }
    PersonEvents.tell(
        writer,
        person.id(),
        browser,
        "person.mfa_removed",
        List.of(PersonEvents.change("factor", factor.code())));
    return new Outcome.Done<>(beginning.renew(writer, person, present.signIn()));
  }

  private static Optional<Organization> requiring(Writer writer, Present present) {
    return writer.people().memberships(present.person().id()).stream()
        .map(Sealed::unchecked)
        .map(Member::organization)
        .flatMap(id -> writer.organization(id).map(Sealed::unchecked).stream())
        .filter(organization -> organization.requiresMfa(present.now()))
        .findFirst();
  }
}
