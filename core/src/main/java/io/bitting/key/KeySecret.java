package io.bitting.key;

import io.bitting.id.KeyId;
import io.bitting.seal.Canonical;
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
 * @param revision counts its changes, from 1
 */
public record KeySecret(
    KeyId key,
    int number,
    SecretDigest digest,
    Instant createdAt,
    @Nullable Instant expiresAt,
    long revision) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("secret")
        .text(key.text())
        .number(number)
        .bytes(digest.toBytes())
        .time(createdAt)
        .time(expiresAt)
        .number(revision)
        .toBytes();
  }
}
