package io.bitting.key;

import io.bitting.id.Base62;
import io.bitting.id.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A token that has just been made and not been shown yet.
 *
 * <p><b>Security guarantees.</b> The secret has 32 base62 characters from a {@link SecureRandom}:
 * 190 bits. {@link #revealOnce} is the only way to the text, and works once; then the bytes here
 * are overwritten. {@code toString} shows prefix and id. Not given: the string that {@code
 * revealOnce} returns lives until it is collected.
 *
 * <p>Thread-safe.
 */
public final class MintedToken {
  private final KeyPrefix prefix;
  private final KeyId id;
  private final SecretDigest digest;
  private byte @Nullable [] text;

  private MintedToken(KeyPrefix prefix, KeyId id, SecretDigest digest, byte[] text) {
    this.prefix = prefix;
    this.id = id;
    this.digest = digest;
    this.text = text;
  }

  /**
   * Makes a token with a new secret.
   *
   * @param prefix the prefix of the API
   * @param id the key
   * @param random where the secret's bits come from
   */
  public static MintedToken mint(KeyPrefix prefix, KeyId id, SecureRandom random) {
    byte[] head = (prefix.text() + "_" + id.text()).getBytes(StandardCharsets.US_ASCII);
    byte[] text =
        Arrays.copyOf(head, head.length + TokenFormat.SECRET_LENGTH + TokenFormat.CHECKSUM_LENGTH);
    Base62.fill(random, text, head.length, TokenFormat.SECRET_LENGTH);
    TokenFormat.writeChecksum(new CRC32(), text, head.length + TokenFormat.SECRET_LENGTH);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(text, head.length, TokenFormat.SECRET_LENGTH);
      return new MintedToken(prefix, id, SecretDigest.of(sha256.digest()), text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Returns the digest to store. */
  public SecretDigest digest() {
    return digest;
  }

  /**
   * Returns the token. The only time that its text exists.
   *
   * @throws IllegalStateException on a second call; the token is gone for good
   */
  public synchronized String revealOnce() {
    byte[] bytes = text;
    if (bytes == null) {
      throw new IllegalStateException(
          "the token of " + this + " was revealed before; a token is shown once");
    }
    String token = new String(bytes, StandardCharsets.US_ASCII);
    Arrays.fill(bytes, (byte) 0);
    text = null;
    return token;
  }

  @Override
  public String toString() {
    return prefix.display(id);
  }
}
