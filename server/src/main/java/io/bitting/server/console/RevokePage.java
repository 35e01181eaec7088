package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import java.util.List;

/**
 * The form that ends a key for ever.
 *
 * @param key the key
 * @param callers who would be refused: the addresses and programs that were seen last
 * @param callsOfWeek how many calls were allowed in the last 7 days
 * @param reason why, as it is filled in
 * @param note more about it, as it is filled in
 * @param faults what is wrong with what was sent
 */
record RevokePage(
    KeyAnswer key,
    List<KeyUsageAnswer.LastUse> callers,
    long callsOfWeek,
    String reason,
    String note,
    Faults faults)
    implements ConsolePage {
  RevokePage {
    callers = List.copyOf(callers);
  }

  @Override
  public String title() {
    return "Revoke " + key.name();
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
