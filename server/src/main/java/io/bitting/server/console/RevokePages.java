package io.bitting.server.console;

import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyUsageAnswer;
import io.bitting.client.protocol.KeyUsageAnswer.LastUse;
import io.bitting.server.http.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers what the page shows on which a key is revoked: who uses it, as far as is known. */
final class RevokePages {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int CALLERS_MAX = 10;

  private final Desk desk;
  private final Visitor visitor;
  private final Call call;

  /**
   * Begins.
   *
   * @param desk asks
   * @param visitor who looks
   * @param call the request for the page
   */
  RevokePages(Desk desk, Visitor visitor, Call call) {
    this.desk = desk;
    this.visitor = visitor;
    this.call = call;
  }

  /** Makes the page, with a reason that follows from what is known. */
  RevokePage of(KeyAnswer key) {
    RevokePage page = of(key, "", "", Faults.NONE);
    boolean unused = page.callsOfWeek() == 0;
    String reason = key.replacedBy() != null ? "replaced" : unused ? "unused" : "other";
    return new RevokePage(key, page.callers(), page.callsOfWeek(), reason, "", Faults.NONE);
  }

  /**
   * Makes the page.
   *
   * @param key the key
   * @param reason why, as it is filled in
   * @param note more about it, as it is filled in
   * @param faults what is wrong with what was sent
   */
  RevokePage of(KeyAnswer key, String reason, String note, Faults faults) {
    KeyUsageAnswer usage =
        desk.ask(visitor, call, "showKeyUsage")
            .path("key", key.id())
            .query("from", desk.now().minus(WEEK).toString())
            .send()
            .read(KeyUsageAnswer.class);
    return new RevokePage(
        key,
        callers(key, usage),
        usage.periods().stream().mapToLong(KeyUsageAnswer.Period::allowed).sum(),
        reason,
        note,
        faults);
  }

  /** Returns the latest use from each address by each program. */
  private List<LastUse> callers(KeyAnswer key, KeyUsageAnswer usage) {
    Map<List<String>, LastUse> callers = new LinkedHashMap<>();
    if (visitor.rights().contains(Right.READ_AUDIT)) {
      for (CheckAnswer check : new KeyPages(desk, visitor, call).checksOf(key)) {
        if (check.decision().equals("allowed")) {
          add(callers, new LastUse(check.at(), check.source(), check.userAgent()));
        }
      }
    }
    LastUse last = usage.lastUse();
    if (last != null) {
      add(callers, last);
    }
    return callers.values().stream().limit(CALLERS_MAX).toList();
  }

  private static void add(Map<List<String>, LastUse> callers, LastUse use) {
    callers.putIfAbsent(
        List.of(
            Objects.requireNonNullElse(use.source(), ""),
            Objects.requireNonNullElse(use.userAgent(), "")),
        use);
  }
}
