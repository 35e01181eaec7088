package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form that ends several keys for ever.
 *
 * @param keys the keys
 * @param reason why, as it is filled in
 * @param faults what is wrong with what was sent
 */
record RevokeKeysPage(List<KeyAnswer> keys, String reason, Faults faults) implements ConsolePage {
  RevokeKeysPage {
    keys = List.copyOf(keys);
  }

  /** Returns their ids, with spaces between them. */
  String ids() {
    return keys.stream().map(KeyAnswer::id).collect(Collectors.joining(" "));
  }

  /** Returns what is to be entered so that it is done. */
  String confirmation() {
    return String.valueOf(keys.size());
  }

  @Override
  public String title() {
    return "Revoke " + Phrases.count(keys.size(), "key");
  }

  @Override
  public Section section() {
    return Section.REVIEW;
  }
}
