package io.bitting.server.signin;

import io.bitting.member.Passkey;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What belongs to a person.
 *
 * @param app when an authenticator app was enrolled, if one is
 * @param passkeys the passkeys, the oldest first
 * @param codesLeft how many recovery codes were not used
 * @param signIns the live sign-ins, the newest first
 */
public record Account(
    Optional<Instant> app, List<Passkey> passkeys, int codesLeft, List<SignIn> signIns) {
  /** Copies the lists. */
  public Account {
    passkeys = List.copyOf(passkeys);
    signIns = List.copyOf(signIns);
  }

  /**
   * Reads what belongs to whoever is signed in by a cookie.
   *
   * @param store where it is
   * @param cookie the cookie
   * @param now what the clock says
   * @return empty if nobody is
   */
  public static Optional<Account> of(Store store, String cookie, Instant now) {
    return store.read(
        reader -> Present.find(reader, cookie, now).map(present -> of(reader, present)));
  }

  private static Account of(Reader reader, Present present) {
    return new Account(
        reader
            .credentials()
            .totpSeed(present.person().id())
            .map(Sealed::unchecked)
            .map(TotpSeed::confirmedAt),
        reader.credentials().passkeys(present.person().id()).stream()
            .map(Sealed::unchecked)
            .toList(),
        reader.credentials().recoveryCodes(present.person().id()).size(),
        reader.credentials().signIns(present.person().id()).stream()
            .flatMap((Sealed<SignIn> row) -> row.intact().stream())
            .filter(signIn -> signIn.isLive(present.now()))
            .toList());
  }
}
