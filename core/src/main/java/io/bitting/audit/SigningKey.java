package io.bitting.audit;

import io.bitting.seal.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An Ed25519 key pair (RFC 8032) that signs checkpoints of audit chains.
 *
 * <p><b>Security guarantees.</b> The private half leaves this object by {@link #revealPrivate}
 * alone, which the store calls to encrypt it; neither {@code toString} nor a message shows it. It
 * signs statements about chains and nothing else.
 *
 * <p>Immutable and thread-safe. A signature costs some 100 µs.
 */
public final class SigningKey {
  private final PrivateKey key;
  private final VerifyingKey verifying;

  private SigningKey(PrivateKey key, VerifyingKey verifying) {
    this.key = key;
    this.verifying = verifying;
  }

  /**
   * Makes a key pair.
   *
   * @param random where its bits come from
   */
  public static SigningKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, random);
      KeyPair pair = generator.generateKeyPair();
      VerifyingKey verifying =
          VerifyingKey.of(Bytes.of(pair.getPublic().getEncoded())).orElseThrow();
      return new SigningKey(pair.getPrivate(), verifying);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /**
   * Joins the halves of a key pair that was made before.
   *
   * @param pkcs8 the private half as {@link #revealPrivate} returned it
   * @param verifying the public half
   * @throws IllegalArgumentException if the first is no private half
   */
  public static SigningKey of(byte[] pkcs8, VerifyingKey verifying) {
    try {
      return new SigningKey(
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          verifying);
    } catch (GeneralSecurityException e) {
      // The failure beneath might quote what it was given.
      throw new IllegalArgumentException("the private half of " + verifying + " cannot be read");
    }
  }

  /** Returns the public half. */
  public VerifyingKey verifying() {
    return verifying;
  }

  /** Returns the private half as PKCS #8 (RFC 5958), not encrypted. */
  public byte[] revealPrivate() {
    return key.getEncoded();
  }

  /**
   * Signs where a chain stands.
   *
   * @param chain the chain
   * @param head where it stands; has an event
   * @param at when, of which the milliseconds count
   */
  public AuditCheckpoint sign(AuditChain chain, AuditChain.Head head, Instant at) {
    AuditCheckpoint.Statement statement =
        new AuditCheckpoint.Statement(
            chain, head.number(), head.hash(), at.truncatedTo(ChronoUnit.MILLIS), verifying.id());
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(statement.toBytes());
      return new AuditCheckpoint(statement, Bytes.of(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(verifying + " cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return verifying.toString();
  }
}
