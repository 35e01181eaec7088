package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a key, without itself.
 *
 * @param number counts the secrets of the key, from 1
 * @param createdAt when it was made
 * @param expiresAt from when on it proves nothing; null for never
 * @param endsWhenQuietHours after how many hours without use it ends sooner; null if it does not
 * @param lastUsedAt when it was last used, to the minute; null if it never was, or that is not
 *     known
 * @param lastUsedFrom from which address; null if that is not known
 */
public record SecretAnswer(
    int number,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Long endsWhenQuietHours,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedFrom) {

  /**
   * Returns it with its last use.
   *
   * @param at when that was
   * @param from from which address; null if that is not known
   */
  public SecretAnswer lastUsed(Instant at, @Nullable String from) {
    return new SecretAnswer(number, createdAt, expiresAt, endsWhenQuietHours, at, from);
  }
}
