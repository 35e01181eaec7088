package io.bitting.audit;

import io.bitting.seal.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public half of a {@link SigningKey}: tells whether a checkpoint was signed with the other
 * half. Ed25519 (RFC 8032), written as X.509 SubjectPublicKeyInfo (RFC 8410), which openssl reads.
 *
 * <p><b>Security guarantees.</b> Without the private half nobody makes a signature that this key
 * calls right. Not given: whose key it is. It has to come from a place that whoever could have
 * altered the signed data cannot alter.
 *
 * <p>Immutable and thread-safe.
 */
public final class VerifyingKey {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  /** DER of every Ed25519 key begins so; 32 bytes follow. */
  private static final String DER_HEAD = "302a300506032b6570032100";

  private static final int DER_LENGTH = 44;
  private static final int LINE_LENGTH = 64;
  private static final int ID_LENGTH = 16;

  private final Bytes der;
  private final PublicKey key;

  private VerifyingKey(Bytes der, PublicKey key) {
    this.der = der;
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @param der its X.509 SubjectPublicKeyInfo
   * @return empty unless it is an Ed25519 key
   */
  public static Optional<VerifyingKey> of(Bytes der) {
    if (der.toArray().length != DER_LENGTH || !der.hex().startsWith(DER_HEAD)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new VerifyingKey(
              der,
              KeyFactory.getInstance("Ed25519")
                  .generatePublic(new X509EncodedKeySpec(der.toArray()))));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads every key of a text.
   *
   * @param text PEM, {@code -----BEGIN PUBLIC KEY-----} and so on, with anything around it
   * @return the keys in their order; empty if there is none, or one of them is no Ed25519 key
   */
  public static List<VerifyingKey> parse(String text) {
    List<VerifyingKey> keys = new ArrayList<>();
    Matcher pem = PEM.matcher(text);
    while (pem.find()) {
      Optional<VerifyingKey> key = decode(pem.group(1));
      if (key.isEmpty()) {
        return List.of();
      }
      keys.add(key.get());
    }
    return keys;
  }

  private static Optional<VerifyingKey> decode(String base64) {
    try {
      return of(Bytes.of(Base64.getDecoder().decode(base64.replaceAll("\\s", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns its X.509 SubjectPublicKeyInfo. */
  public Bytes der() {
    return der;
  }

  /** Returns it as PEM, with a line break at the end. */
  public String pem() {
    String body = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(array());
    return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
  }

  /** Returns its name: the first 16 hexadecimal digits of the SHA-256 of its DER. */
  public String id() {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(array()))
          .hex()
          .substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * Tells whether a checkpoint names this key and was signed with it.
   *
   * @param checkpoint any checkpoint
   */
  public boolean hasSigned(AuditCheckpoint checkpoint) {
    if (!checkpoint.keyId().equals(id())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(checkpoint.statement().toBytes());
      return signature.verify(checkpoint.signature().toArray());
    } catch (GeneralSecurityException e) {
      // What is no signature at all, by its length or form, does not fit either.
      return false;
    }
  }

  private byte[] array() {
    return der.toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && der.equals(that.der);
  }

  @Override
  public int hashCode() {
    return der.hashCode();
  }

  @Override
  public String toString() {
    return "signing key " + id();
  }
}
