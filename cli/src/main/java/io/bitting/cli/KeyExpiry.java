package io.bitting.cli;

import io.bitting.client.protocol.NewKey;
import org.jspecify.annotations.Nullable;

/** When a key is to expire, as people say it. */
final class KeyExpiry {
  private KeyExpiry() {}

  /** Reads it; null if nothing was said. */
  static NewKey.@Nullable Expiry read(@Nullable String text, Surroundings surroundings) {
    if (text == null) {
      return null;
    }
    Times.Expiry expiry =
        new Times(surroundings.clock())
            .readExpiry(text)
            .orElseThrow(() ->
                StopException.usage(
                    "\"" + text + "\" is no expiry",
                    "Give a lifetime (30d, 36h, 2w, 1y), a date (2027-03-31), a time (2027-03-31T12:00:00Z), or never."));
    return new NewKey.Expiry(expiry.at());
  }
}
