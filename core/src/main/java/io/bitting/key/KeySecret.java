package io.bitting.key;

import io.bitting.id.KeyId;
import io.bitting.seal.Canonical;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a key as it is kept: its digest and its own expiry.
 *
 * @param key whose it is
 * @param number counts the secrets of the key, from 1
 * @param digest what proves it
 * @param createdAt when it was made
 * @param expiresAt from when on it proves nothing, null for never
 * @param quietFor after how long without use it ends before it expires, in whole hours; null if it
 *     does not
 * @param revision counts its changes, from 1
 */
public record KeySecret(
    KeyId key,
    int number,
    SecretDigest digest,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Duration quietFor,
    long revision) {

  /**
   * A secret that does not end because it is quiet.
   *
   * @param key whose it is
   * @param number counts the secrets of the key, from 1
   * @param digest what proves it
   * @param createdAt when it was made
   * @param expiresAt from when on it proves nothing, null for never
   * @param revision counts its changes, from 1
   */
  public KeySecret(
      KeyId key,
      int number,
      SecretDigest digest,
      Instant createdAt,
      @Nullable Instant expiresAt,
      long revision) {
    this(key, number, digest, createdAt, expiresAt, null, revision);
  }

  /**
   * Returns the form that is sealed. The hours of quiet are its last field, and left out where
   * there are none.
   */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("secret")
            .text(key.text())
            .number(number)
            .bytes(digest.toBytes())
            .time(createdAt)
            .time(expiresAt)
            .number(revision);
    return (quietFor == null ? form : form.number(quietFor.toHours())).toBytes();
  }

  /**
   * Tells whether it proves anything.
   *
   * @param now what the clock says
   */
  public boolean isLive(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }

  /**
   * Returns it with an earlier end.
   *
   * @param at from when on it proves nothing
   * @param ifQuietFor after how long without use it ends before that; null if it does not
   * @throws IllegalArgumentException if that is after its own expiry
   */
  public KeySecret ending(Instant at, @Nullable Duration ifQuietFor) {
    if (expiresAt != null && at.isAfter(expiresAt)) {
      throw new IllegalArgumentException(
          "secret " + number + " of key " + key + " expires at " + expiresAt + ", before " + at);
    }
    return new KeySecret(key, number, digest, createdAt, at, ifQuietFor, revision + 1);
  }
}
