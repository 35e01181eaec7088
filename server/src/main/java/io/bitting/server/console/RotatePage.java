package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretAnswer;

/**
 * The form that gives a key another token.
 *
 * @param key the key
 * @param overlap how long the token before is accepted, as it is filled in
 * @param quietHours after how many hours without use it ends sooner, as it is filled in
 * @param faults what is wrong with what was sent
 */
record RotatePage(KeyAnswer key, String overlap, String quietHours, Faults faults)
    implements ConsolePage {
  SecretAnswer newest() {
    return key.secrets().getFirst();
  }

  @Override
  public String title() {
    return "Rotate " + key.name();
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
