package io.bitting.issue;

import io.bitting.key.MintedToken;
import io.bitting.store.KeyRow;

/**
 * A key that was just issued, with its token.
 *
 * <p><b>Security guarantees.</b> Those of {@link MintedToken}: the token can be revealed once.
 *
 * @param row the key as it is stored
 * @param token its token, not shown yet
 */
public record IssuedKey(KeyRow row, MintedToken token) {

  /**
   * Returns the token. The only time that its text exists.
   *
   * @throws IllegalStateException on a second call; the token is gone for good
   */
  public String revealOnce() {
    return token.revealOnce();
  }
}
