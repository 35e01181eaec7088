package io.bitting.key;

import io.bitting.id.Base62;
import io.bitting.id.KeyId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads a presented token without making garbage: form and checksum first, then the id, then the
 * digest of the secret.
 *
 * <p><b>Security guarantees.</b> {@link #close} overwrites every byte of the token and of its
 * digest that was held here. A text that is no token costs no hashing. Not given: the caller's own
 * string of the token stays until it is collected.
 *
 * <p>Not thread-safe; {@link #open} hands out the calling thread's own. Costs one CRC-32 and one
 * SHA-256 of 32 bytes, allocates nothing.
 */
public final class TokenReader implements AutoCloseable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final ThreadLocal<TokenReader> OWN = ThreadLocal.withInitial(TokenReader::new);

  private final char[] characters = new char[TokenFormat.LENGTH_MAX];
  private final byte[] text = new byte[TokenFormat.LENGTH_MAX];
  private final byte[] digest = new byte[SecretDigest.LENGTH];
  private final CRC32 crc = new CRC32();
  private final MessageDigest sha256;
  private int prefixLength;
  private int length;
  private long idHigh;
  private int idLow;

  private TokenReader() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * Returns the calling thread's reader, empty. Use it in a try-with-resources statement and let
   * nothing else of this thread read meanwhile.
   */
  public static TokenReader open() {
    return OWN.get();
  }

  /**
   * Tells whether a text is as long as a token may be: whoever looks for tokens among other things
   * need not read the rest.
   *
   * @param text any text
   */
  public static boolean mayBeToken(CharSequence text) {
    return text.length() >= TokenFormat.LENGTH_MIN && text.length() <= TokenFormat.LENGTH_MAX;
  }

  /**
   * Reads a text.
   *
   * @param token what a caller presented
   * @return whether it has the form of a token and the right checksum; if not, nothing of it is
   *     held
   */
  public boolean read(CharSequence token) {
    if (!mayBeToken(token)) {
      close();
      return false;
    }
    length = token.length();
    prefixLength = length - TokenFormat.BODY_LENGTH - 1;
    if (copy(token) && checksumIsRight()) {
      readId();
      return true;
    }
    close();
    return false;
  }

  private boolean copy(CharSequence token) {
    // An array is gone through twice as fast as a string.
    if (token instanceof String string) {
      string.getChars(0, length, characters, 0);
    } else {
      for (int i = 0; i < length; i++) {
        characters[i] = token.charAt(i);
      }
    }
    for (int i = 0; i < prefixLength; i++) {
      char character = characters[i];
      boolean right =
          (character >= 'a' && character <= 'z')
              || (character >= '0' && character <= '9')
              || character == '_';
      if (!right) {
        return false;
      }
      text[i] = (byte) character;
    }
    if (characters[prefixLength] != '_') {
      return false;
    }
    text[prefixLength] = '_';
    // One way out at the end: nearly every text is right.
    int negativeIfWrong = 0;
    for (int i = prefixLength + 1; i < length; i++) {
      char character = characters[i];
      negativeIfWrong |= Base62.value(character);
      text[i] = (byte) character;
    }
    return negativeIfWrong >= 0 && text[0] != '_' && text[prefixLength - 1] != '_';
  }

  private boolean checksumIsRight() {
    int covered = length - TokenFormat.CHECKSUM_LENGTH;
    crc.reset();
    crc.update(text, 0, covered);
    return crc.getValue() == TokenFormat.readChecksum(text, covered);
  }

  private void readId() {
    int at = prefixLength + 1;
    long high = 0;
    for (int i = 0; i < 10; i++) {
      high = high * 62 + Base62.value(text[at + i]);
    }
    idHigh = high;
    idLow = Base62.value(text[at + 10]) * 62 + Base62.value(text[at + 11]);
  }

  /** Returns {@link KeyId#high()} of the id read. */
  public long idHigh() {
    return idHigh;
  }

  /** Returns {@link KeyId#low()} of the id read. */
  public int idLow() {
    return idLow;
  }

  /** Returns the id read. */
  public KeyId id() {
    return new KeyId(idHigh, idLow);
  }

  /**
   * Tells whether the token that was read begins with a prefix and nothing else before the id.
   *
   * @param prefix the prefix of an API
   */
  public boolean hasPrefix(KeyPrefix prefix) {
    String expected = prefix.text();
    if (expected.length() != prefixLength) {
      return false;
    }
    for (int i = 0; i < prefixLength; i++) {
      if (text[i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Computes the digest of the secret that was read. To be called once for each token, whether its
   * id is known or not, so that both take the same time.
   */
  public void digestSecret() {
    try {
      sha256.update(text, prefixLength + 1 + KeyId.LENGTH, TokenFormat.SECRET_LENGTH);
      sha256.digest(digest, 0, digest.length);
      // digest() leaves the last block in the provider's buffer until the next use; reset() wipes
      // it now.
      sha256.reset();
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 has another length than 32 bytes", e);
    }
  }

  /**
   * Compares the digest of the secret that was read with a stored one, in constant time.
   *
   * @param stored the digest of a key
   */
  public boolean proves(SecretDigest stored) {
    return stored.matches(
        (long) LONG.get(digest, 0),
        (long) LONG.get(digest, 8),
        (long) LONG.get(digest, 16),
        (long) LONG.get(digest, 24));
  }

  /** Overwrites the token and its digest. */
  @Override
  public void close() {
    Arrays.fill(characters, '\0');
    Arrays.fill(text, (byte) 0);
    Arrays.fill(digest, (byte) 0);
    crc.reset();
    length = 0;
    prefixLength = 0;
    idHigh = 0;
    idLow = 0;
  }

  @Override
  public String toString() {
    return "TokenReader";
  }
}
