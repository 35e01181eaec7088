package io.bitting.store;

import io.bitting.id.PersonId;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import java.time.Instant;
import java.util.List;

/**
 * What can be written of what people sign in with, and of their sign-ins, within one transaction;
 * as {@link Writer} in all else. Who changes factors locks the person first, and says with {@link
 * PeopleWriter#updatePerson} whether there is a second one still.
 */
public interface CredentialWriter extends CredentialReader {

  /**
   * Keeps a person's password, in place of the one before.
   *
   * @param password the password
   */
  void putPassword(Password password);

  /**
   * Keeps a seed of one-time passwords that its person is to confirm, encrypted, in place of
   * another one that was not confirmed.
   *
   * @param person whose
   * @param seed the secret; stays as it is
   * @return what is kept
   */
  TotpSeed putPendingTotpSeed(PersonId person, byte[] seed);

  /**
   * Makes a pending seed the person's seed, in place of the one before.
   *
   * @param seed the pending one, {@link TotpSeed#confirmed confirmed}
   * @throws StoreException if it is not stored as pending
   */
  void confirmTotpSeed(TotpSeed seed);

  /**
   * Replaces the last step of a seed. Of two that accept the same step at once only one succeeds.
   *
   * @param seed with a later step than the one stored
   * @throws StoreException if it is not stored, or with as late a step
   */
  void updateTotpSeed(TotpSeed seed);

  /**
   * Removes a person's seeds, pending or not, if there are any.
   *
   * @param person whose
   */
  void removeTotpSeeds(PersonId person);

  /**
   * Adds a passkey.
   *
   * @param passkey the passkey
   * @throws StoreException.Conflict if a person has it already
   */
  void insertPasskey(Passkey passkey);

  /**
   * Replaces the name of a passkey, and what is known of its use.
   *
   * @param passkey the passkey
   */
  void updatePasskey(Passkey passkey);

  /**
   * Removes a passkey.
   *
   * @param passkey the passkey
   */
  void removePasskey(Passkey passkey);

  /**
   * Keeps a person's recovery codes, in place of those before.
   *
   * @param person whose
   * @param codes the codes, possibly none
   */
  void putRecoveryCodes(PersonId person, List<RecoveryCode> codes);

  /**
   * Removes a recovery code because it was used. Of two that use it at once only one succeeds.
   *
   * @param code the code
   */
  void removeRecoveryCode(RecoveryCode code);

  /**
   * Adds a sign-in.
   *
   * @param signIn the sign-in
   */
  void insertSignIn(SignIn signIn);

  /**
   * Replaces what is known of a sign-in, its cookie included. One that ended stays ended.
   *
   * @param signIn the sign-in
   */
  void updateSignIn(SignIn signIn);

  /**
   * Removes sign-ins for good.
   *
   * @param notSeenSince those that were not used since
   * @param limit how many at most
   * @return how many were removed
   */
  int removeSignIns(Instant notSeenSince, int limit);
}
