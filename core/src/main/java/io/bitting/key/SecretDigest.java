package io.bitting.key;

import java.nio.ByteBuffer;

/**
 * SHA-256 of a key's secret, the only form in which a secret is kept.
 *
 * <p><b>Security guarantees.</b> The digest does not give the secret back: the secret has 190
 * random bits. It confirms a token that somebody already has. It has neither {@code equals} nor
 * {@code hashCode} and prints nothing; {@link #matches} is the one place where digests are
 * compared, and takes the same time wherever they differ.
 *
 * <p>Immutable and thread-safe. 48 bytes of heap.
 */
public final class SecretDigest {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  private SecretDigest(ByteBuffer bytes) {
    first = bytes.getLong();
    second = bytes.getLong();
    third = bytes.getLong();
    fourth = bytes.getLong();
  }

  /**
   * Takes a digest from storage.
   *
   * @param bytes exactly 32 bytes; copied
   * @throws IllegalArgumentException for any other length: a shortened digest is not accepted
   */
  public static SecretDigest of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a secret digest has 32 bytes, not " + bytes.length);
    }
    return new SecretDigest(ByteBuffer.wrap(bytes));
  }

  /** Returns the 32 bytes, a fresh copy. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Compares in constant time: every bit is looked at, and only the outcome branches. */
  boolean matches(long a, long b, long c, long d) {
    return ((first ^ a) | (second ^ b) | (third ^ c) | (fourth ^ d)) == 0;
  }

  @Override
  public String toString() {
    return "SecretDigest";
  }
}
