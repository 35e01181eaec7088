package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.CredentialReader;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A transaction's view of what people sign in with, and of their sign-ins. */
class JdbcCredentialReader implements CredentialReader {
  final Passwords passwords;
  final TotpSeeds totpSeeds;
  final Passkeys passkeys;
  final RecoveryCodes recoveryCodes;
  final SignIns signIns;
  private final JdbcReader reader;

  JdbcCredentialReader(JdbcReader reader, Handle handle, Seals seals) {
    this.reader = reader;
    passwords = new Passwords(handle, seals);
    totpSeeds = new TotpSeeds(handle, seals);
    passkeys = new Passkeys(handle, seals);
    recoveryCodes = new RecoveryCodes(handle, seals);
    signIns = new SignIns(handle, seals);
  }

  /** Removes whatever a person signs in with. */
  final void removeAll(PersonId person) {
    passwords.remove(person);
    totpSeeds.removeAll(person);
    passkeys.removeAll(person);
    recoveryCodes.removeAll(person);
    signIns.removeAll(person);
  }

  @Override
  public final Optional<Sealed<Password>> password(PersonId person) {
    return reader.run(() -> passwords.find(person));
  }

  @Override
  public final Optional<Sealed<TotpSeed>> totpSeed(PersonId person) {
    return reader.run(() -> totpSeeds.find(person, false));
  }

  @Override
  public final Optional<Sealed<TotpSeed>> pendingTotpSeed(PersonId person) {
    return reader.run(() -> totpSeeds.find(person, true));
  }

  @Override
  public final Optional<byte[]> decrypted(TotpSeed seed) {
    return reader.run(() -> totpSeeds.decrypted(seed));
  }

  @Override
  public final List<Sealed<Passkey>> passkeys(PersonId person) {
    return reader.run(() -> passkeys.of(person));
  }

  @Override
  public final Optional<Sealed<Passkey>> passkey(Bytes credentialId) {
    return reader.run(() -> passkeys.find(credentialId));
  }

  @Override
  public final List<Sealed<RecoveryCode>> recoveryCodes(PersonId person) {
    return reader.run(() -> recoveryCodes.of(person));
  }

  @Override
  public final Optional<Sealed<SignIn>> signIn(SignInId id) {
    return reader.run(() -> signIns.find(id));
  }

  @Override
  public final Optional<Sealed<SignIn>> signIn(Bytes digest) {
    return reader.run(() -> signIns.find(digest));
  }

  @Override
  public final List<Sealed<SignIn>> signIns(PersonId person) {
    return reader.run(() -> signIns.of(person));
  }
}
