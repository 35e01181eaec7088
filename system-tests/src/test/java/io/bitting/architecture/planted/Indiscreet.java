package io.bitting.architecture.planted;

import io.bitting.audit.SigningKey;
import io.bitting.client.protocol.SecretText;
import io.bitting.id.KeyId;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuer;
import io.bitting.issue.Issuing;
import io.bitting.issue.KeyRequest;
import io.bitting.issue.ReplacementRequest;
import io.bitting.issue.RotationRequest;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.MintedToken;
import io.bitting.organization.Organization;
import io.bitting.seal.Encrypted;
import io.bitting.seal.PepperKeyset;
import io.bitting.server.members.InvitationCodes;
import io.bitting.server.setup.SetupCodes;
import io.bitting.server.signin.RecoveryCodes;
import io.bitting.server.signin.Totp;
import io.bitting.store.KeyRow;
import io.bitting.store.Writer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Touches secrets that are none of its business. Some by reference, since a rule that looks at
 * calls alone would miss that.
 */
public final class Indiscreet {
  private Indiscreet() {}

  public static final class RevealsMinted {
    private RevealsMinted() {}

    static Stream<String> all(List<MintedToken> tokens) {
      return tokens.stream().map(MintedToken::revealOnce);
    }
  }

  public static final class RevealsIssued {
    private RevealsIssued() {}

    static String now(IssuedKey key) {
      return key.revealOnce();
    }
  }

  public static final class RevealsText {
    private RevealsText() {}

    static Stream<String> all(List<SecretText> texts) {
      return texts.stream().map(SecretText::reveal);
    }
  }

  public static final class RevealsSigningKey {
    private RevealsSigningKey() {}

    static Stream<byte[]> all(List<SigningKey> keys) {
      return keys.stream().map(SigningKey::revealPrivate);
    }
  }

  public static final class Decrypts {
    private Decrypts() {}

    static byte[] now(PepperKeyset keyset, Encrypted encrypted) {
      return keyset.decrypt("signing_keys", "x", encrypted).orElseThrow();
    }
  }

  public static final class RevealsCode {
    private RevealsCode() {}

    static String now(SetupCodes.Fresh code) {
      return code.text();
    }
  }

  public static final class RevealsInvitation {
    private RevealsInvitation() {}

    static String now(InvitationCodes.Fresh code) {
      return code.text();
    }
  }

  public static final class RevealsSeed {
    private RevealsSeed() {}

    static String now(byte[] seed) {
      return Totp.revealText(seed);
    }
  }

  public static final class RevealsSeedAsUri {
    private RevealsSeedAsUri() {}

    static String now(byte[] seed) {
      return Totp.revealUri("Bitting", "ada@example.org", seed);
    }
  }

  public static final class RevealsRecoveryCode {
    private RevealsRecoveryCode() {}

    static Stream<String> all(List<RecoveryCodes.Fresh> codes) {
      return codes.stream().map(RecoveryCodes.Fresh::text);
    }
  }

  public static final class RevealsPepper {
    private RevealsPepper() {}

    static String now(PepperKeyset keyset) {
      return keyset.revealText();
    }
  }

  public static final class Mints {
    private Mints() {}

    static MintedToken one(KeyPrefix prefix, KeyId id, SecureRandom random) {
      return MintedToken.mint(prefix, id, random);
    }
  }

  public static final class Inserts {
    private Inserts() {}

    static void one(Writer writer, Key key, KeySecret secret) {
      writer.insertKey(key, secret);
    }
  }

  public static final class InsertsSecret {
    private InsertsSecret() {}

    static void one(Writer writer, KeySecret secret) {
      writer.insertSecret(secret);
    }
  }

  public static final class Rotates {
    private Rotates() {}

    static Issuing.Outcome one(
        Issuing issuing,
        Writer writer,
        Organization organization,
        Issuer issuer,
        KeyRow row,
        RotationRequest request) {
      return issuing.rotate(writer, organization, issuer, row, request);
    }
  }

  public static final class Replaces {
    private Replaces() {}

    static Issuing.Replacing one(
        Issuing issuing,
        Writer writer,
        Organization organization,
        Issuer issuer,
        KeyRow old,
        ReplacementRequest request) {
      return issuing.replace(writer, organization, issuer, old, request);
    }
  }

  public static final class Issues {
    private Issues() {}

    static Issuing.Outcome one(
        Issuing issuing,
        Writer writer,
        Organization organization,
        Issuer issuer,
        KeyRequest request) {
      return issuing.issue(writer, organization, issuer, request);
    }
  }

  public static final class ComparesDigests {
    private ComparesDigests() {}

    static boolean same(byte[] one, byte[] other) {
      return MessageDigest.isEqual(one, other);
    }
  }

  public static final class ComparesArrays {
    private ComparesArrays() {}

    static boolean same(byte[] one, byte[] other) {
      return Arrays.equals(one, other);
    }
  }
}
