package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * The one time that a token is shown.
 *
 * <p><b>Security guarantees.</b> The token is in the page's body alone, not in its title; {@code
 * toString} does not show it.
 *
 * @param key the key
 * @param token its token, or what stands for one that was shown before
 * @param deed what was done: {@code created}, {@code rotated} or {@code replaced}
 * @param example an operation of its API that the key opens, {@code GET /scans}; empty if none is
 *     known
 * @param old what becomes of the token before, in a sentence; null if there is none
 */
record RevealPage(
    KeyAnswer key, SecretText token, String deed, String example, @Nullable String old)
    implements ConsolePage {
  @Override
  public String title() {
    return "Key " + deed;
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
