package io.bitting.seal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A hash, a seal or a salt: bytes that never change, compared in constant time.
 *
 * <p>Immutable and thread-safe. Prints as hex, so never for a secret.
 */
public final class Bytes {
  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes bytes.
   *
   * @param bytes any bytes; copied
   */
  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /**
   * Takes zeros.
   *
   * @param length how many
   */
  public static Bytes zeros(int length) {
    return new Bytes(new byte[length]);
  }

  /**
   * Returns what is kept of a code that is handed out.
   *
   * @param code the code, of at least 128 random bits
   * @return SHA-256 of its UTF-8
   */
  public static Bytes sha256(String code) {
    try {
      return new Bytes(
          MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Returns the bytes, a fresh copy. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** Returns lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
