package io.bitting.store;

import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import java.util.List;
import java.util.Optional;

/**
 * What can be read of what people sign in with, and of their sign-ins, within one transaction; as
 * {@link Reader} in all else.
 *
 * <p><b>Security guarantees.</b> A row that was altered, or put in from elsewhere, is not intact,
 * and proves nothing. Cookies and recovery codes are found by their digests only. Not given: that a
 * row was not taken out; whether a person has a second factor is said by {@link
 * io.bitting.member.Person#hasMfa}, which is sealed.
 */
public interface CredentialReader {

  /**
   * Finds a person's password.
   *
   * @param person whose
   */
  Optional<Sealed<Password>> password(PersonId person);

  /**
   * Finds the seed of a person's one-time passwords.
   *
   * @param person whose
   */
  Optional<Sealed<TotpSeed>> totpSeed(PersonId person);

  /**
   * Finds the seed that a person is about to confirm, beside another one perhaps.
   *
   * @param person whose
   */
  Optional<Sealed<TotpSeed>> pendingTotpSeed(PersonId person);

  /**
   * Decrypts a seed. The caller clears the bytes.
   *
   * @param seed an intact one
   * @return empty if this pepper keyset cannot read it, or it was not encrypted for that person
   */
  Optional<byte[]> decrypted(TotpSeed seed);

  /**
   * Lists a person's passkeys, the oldest first.
   *
   * @param person whose
   */
  List<Sealed<Passkey>> passkeys(PersonId person);

  /**
   * Finds a passkey.
   *
   * @param credentialId what its authenticator calls it
   */
  Optional<Sealed<Passkey>> passkey(Bytes credentialId);

  /**
   * Lists a person's recovery codes that were not used.
   *
   * @param person whose
   */
  List<Sealed<RecoveryCode>> recoveryCodes(PersonId person);

  /**
   * Finds a sign-in, whether it is live or not.
   *
   * @param id its id
   */
  Optional<Sealed<SignIn>> signIn(SignInId id);

  /**
   * Finds a sign-in, whether it is live or not.
   *
   * @param digest SHA-256 of the cookie's value
   */
  Optional<Sealed<SignIn>> signIn(Bytes digest);

  /**
   * Lists a person's sign-ins, live or not, the newest first.
   *
   * @param person whose
   */
  List<Sealed<SignIn>> signIns(PersonId person);
}
