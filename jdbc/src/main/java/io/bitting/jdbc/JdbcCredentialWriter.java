package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.Passkey;
import io.bitting.member.Password;
import io.bitting.member.RecoveryCode;
import io.bitting.member.SignIn;
import io.bitting.member.TotpSeed;
import io.bitting.store.CredentialWriter;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What a writing transaction does to what people sign in with, and to their sign-ins. */
final class JdbcCredentialWriter extends JdbcCredentialReader implements CredentialWriter {
  private final JdbcWriter writer;

  JdbcCredentialWriter(JdbcWriter writer, Handle handle, Seals seals) {
    super(writer, handle, seals);
    this.writer = writer;
  }

  /** What somebody signs in with counts as a part of the person. */
  private void change(PersonId person, Runnable statements) {
    writer.change(Change.PERSON, person.text(), statements);
  }

  @Override
  public void putPassword(Password password) {
    change(password.person(), () -> passwords.put(password, writer.random()));
  }

  @Override
  public TotpSeed putPendingTotpSeed(PersonId person, byte[] seed) {
    return writer.run(() -> {
      TotpSeed pending = totpSeeds.putPending(person, seed, writer.now(), writer.random());
      writer.noteChange(Change.PERSON, person.text());
      return pending;
    });
  }

  @Override
  public void confirmTotpSeed(TotpSeed seed) {
    change(seed.person(), () -> totpSeeds.confirm(seed));
  }

  @Override
  public void updateTotpSeed(TotpSeed seed) {
    change(seed.person(), () -> totpSeeds.update(seed));
  }

  @Override
  public void removeTotpSeeds(PersonId person) {
    change(person, () -> totpSeeds.removeAll(person));
  }

  @Override
  public void insertPasskey(Passkey passkey) {
    change(passkey.person(), () -> passkeys.insert(passkey));
  }

  @Override
  public void updatePasskey(Passkey passkey) {
    change(passkey.person(), () -> passkeys.update(passkey));
  }

  @Override
  public void removePasskey(Passkey passkey) {
    change(passkey.person(), () -> passkeys.remove(passkey));
  }

  @Override
  public void putRecoveryCodes(PersonId person, List<RecoveryCode> codes) {
    change(person, () -> recoveryCodes.put(person, codes));
  }

  @Override
  public void removeRecoveryCode(RecoveryCode code) {
    change(code.person(), () -> recoveryCodes.remove(code));
  }

  @Override
  public void insertSignIn(SignIn signIn) {
    writer.change(Change.SIGN_IN, signIn.id().text(), () -> signIns.insert(signIn));
  }

  @Override
  public void updateSignIn(SignIn signIn) {
    writer.change(Change.SIGN_IN, signIn.id().text(), () -> signIns.update(signIn));
  }

  @Override
  public int removeSignIns(Instant notSeenSince, int limit) {
    return writer.run(() -> {
      List<String> removed = signIns.removeOld(notSeenSince, limit);
      removed.forEach(id -> writer.noteChange(Change.SIGN_IN, id));
      return removed.size();
    });
  }
}
