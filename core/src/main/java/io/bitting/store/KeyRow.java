package io.bitting.store;

import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.seal.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key with its secrets, as read.
 *
 * @param key everything but the secrets
 * @param secrets the newest first; at least one, each with its own seal's verdict
 */
public record KeyRow(Key key, List<Sealed<KeySecret>> secrets) {
  /** Copies the list. */
  public KeyRow {
    secrets = List.copyOf(secrets);
  }

  /** Returns when the newest secret expires, if ever: when the key expires. */
  public Optional<Instant> expiresAt() {
    return secrets.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(secrets.get(0).unchecked().expiresAt());
  }

  /**
   * Returns the secret before the newest, if it is intact and proves something still: a rotation
   * overlaps.
   *
   * @param now what the clock says
   */
  public Optional<KeySecret> overlapping(Instant now) {
    return secrets.stream()
        .skip(1)
        .limit(1)
        .flatMap(secret -> secret.intact().stream())
        .filter(secret -> secret.isLive(now))
        .findFirst();
  }
}
