package io.bitting.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes the canonical form of a row: one version byte, the kind of row, then its fields in a fixed
 * order, each with its length before it.
 *
 * <p>A field is four bytes of length, big-endian, and that many bytes; the length {@code
 * 0xffffffff} stands for no value. Text is UTF-8; a number or a time (milliseconds since 1970 UTC)
 * has eight bytes, big-endian; a truth value one byte; a collection is its size as a number
 * followed by its elements. Two different rows never have the same form, if their texts are
 * Unicode: an unpaired surrogate, which no database keeps either, counts as a question mark.
 * Published vectors are in this module's test resources.
 *
 * <p>Not thread-safe.
 */
public final class Canonical {
  /** The version of the form, the first byte. */
  public static final int VERSION = 1;

  /** As much as most rows take. */
  private static final int LENGTH_AT_FIRST = 512;

  private ByteBuffer form = ByteBuffer.allocate(LENGTH_AT_FIRST);

  private Canonical(String kind) {
    form.put((byte) VERSION);
    text(kind);
  }

  /**
   * Begins the form of a row.
   *
   * @param kind the kind of row, unlike every other
   */
  public static Canonical of(String kind) {
    return new Canonical(kind);
  }

  /**
   * Appends bytes.
   *
   * @param value the bytes, or null for no value
   */
  public Canonical bytes(byte @Nullable [] value) {
    if (value == null) {
      withRoom(4).putInt(-1);
    } else {
      withRoom(4 + value.length).putInt(value.length).put(value);
    }
    return this;
  }

  private ByteBuffer withRoom(int length) {
    if (form.remaining() < length) {
      form = ByteBuffer.allocate(2 * form.capacity() + length).put(form.flip());
    }
    return form;
  }

  /**
   * Appends bytes.
   *
   * @param value the bytes, or null for no value
   */
  public Canonical bytes(@Nullable Bytes value) {
    return bytes(value == null ? null : value.toArray());
  }

  /**
   * Appends text.
   *
   * @param value the text, or null for no value
   */
  public Canonical text(@Nullable String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Appends a number.
   *
   * @param value any number
   */
  public Canonical number(long value) {
    withRoom(12).putInt(8).putLong(value);
    return this;
  }

  /**
   * Appends a time.
   *
   * @param value the time, of which the milliseconds count, or null for no value
   */
  public Canonical time(@Nullable Instant value) {
    return value == null ? bytes((byte[]) null) : number(value.toEpochMilli());
  }

  /**
   * Appends a truth value.
   *
   * @param value the value
   */
  public Canonical flag(boolean value) {
    withRoom(5).putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /**
   * Appends texts, their number first.
   *
   * @param values the texts in an order that the row fixes, their {@code toString} counts
   */
  public Canonical texts(Collection<?> values) {
    number(values.size());
    for (Object value : values) {
      text(value.toString());
    }
    return this;
  }

  /** Returns the form. */
  public byte[] toBytes() {
    return Arrays.copyOf(form.array(), form.position());
  }

  /** Returns SHA-256 of the form. */
  public Bytes sha256() {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(toBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
