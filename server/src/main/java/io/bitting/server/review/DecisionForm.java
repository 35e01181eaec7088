package io.bitting.server.review;

import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Call;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Timestamp;
import io.bitting.store.ReviewDecision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The body by which something is decided about a key; counts only if there are no faults.
 *
 * @param key the key as it was named
 * @param verdict what is decided
 * @param reason why, normalized, possibly empty
 * @param askAgainAt from when on to ask again
 * @param responsible who is to answer for the key instead of its maker, as it was named
 * @param acceptsIncomplete whether a window with lost counters will do
 * @param faults everything that is wrong
 */
record DecisionForm(
    String key,
    Optional<Verdict> verdict,
    String reason,
    Optional<Instant> askAgainAt,
    Optional<String> responsible,
    boolean acceptsIncomplete,
    List<Fault> faults) {
  private static final int REASON_MAX = 500;

  /** The longest that a decision stands. */
  private static final Duration STANDS_MAX = Duration.ofDays(366);

  /** How long a key is kept unless somebody says otherwise. */
  private static final Duration KEPT = Duration.ofDays(90);

  /** How long somebody has to put the narrower key in place. */
  private static final Duration TO_REPLACE = Duration.ofDays(30);

  static DecisionForm read(Call call, Instant now) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      String key = fields.text("key");
      Optional<Verdict> verdict = verdict(fields);
      String reason = reason(fields, verdict);
      Optional<Instant> askAgainAt = askAgainAt(fields, verdict, now);
      Optional<String> responsible = responsible(fields, verdict);
      Optional<Boolean> accepts = fields.optionalFlag("accept_incomplete");
      if (accepts.isPresent() && verdict.isPresent() && verdict.get() != Verdict.RIGHT_SIZE) {
        fields.fault(
            "accept_incomplete",
            "value_out_of_range",
            "\"accept_incomplete\" is for the verdict right_size, and this is "
                + verdict.get().code(),
            "take it out");
      }
      return new DecisionForm(
          key, verdict, reason, askAgainAt, responsible, accepts.orElse(false), faults);
    }
  }

  private static Optional<Verdict> verdict(Fields fields) {
    String text = fields.text("verdict");
    Optional<Verdict> verdict = Verdict.of(text);
    if (verdict.isEmpty()) {
      fields.fault(
          "verdict",
          "value_out_of_range",
          "verdict \"" + Spelling.printable(text) + "\" is not known",
          "decide keep, right_size or revoke");
    }
    return verdict;
  }

  private static Optional<String> responsible(Fields fields, Optional<Verdict> verdict) {
    Optional<String> responsible = fields.optionalText("responsible");
    if (responsible.isPresent() && verdict.isPresent() && verdict.get() != Verdict.KEEP) {
      fields.fault(
          "responsible",
          "value_out_of_range",
          "\"responsible\" is for the verdict keep, and this is " + verdict.get().code(),
          "take it out");
    }
    return responsible;
  }

  private static String reason(Fields fields, Optional<Verdict> verdict) {
    boolean given = fields.has("reason");
    Optional<String> text = fields.optionalText("reason");
    String reason = text.map(DisplayName::normalize).orElse("");
    if (verdict.filter(Verdict.KEEP::equals).isPresent()
        && reason.isEmpty()
        && (text.isPresent() || !given)) {
      fields.fault(
          "reason",
          "reason_missing",
          "reason is empty; a key is kept for a reason",
          "say why the key is needed as it is");
    }
    DisplayName.fault("reason", reason, REASON_MAX)
        .ifPresent(
            message -> fields.fault("reason", "reason_invalid", message, "choose other words"));
    return reason;
  }

  private static Optional<Instant> askAgainAt(
      Fields fields, Optional<Verdict> verdict, Instant now) {
    boolean forEver = verdict.filter(Verdict.REVOKE::equals).isPresent();
    Optional<String> text = fields.optionalText("ask_again_at");
    if (text.isEmpty()) {
      return forEver
          ? Optional.empty()
          : Optional.of(
              now.plus(verdict.filter(Verdict.KEEP::equals).isPresent() ? KEPT : TO_REPLACE));
    }
    Optional<Instant> at = Timestamp.parse(text.get());
    if (forEver) {
      fields.fault(
          "ask_again_at",
          "value_out_of_range",
          "\"ask_again_at\" is given, and nobody asks again about a revoked key",
          "take it out");
    } else if (at.isEmpty()) {
      fields.fault(
          "ask_again_at",
          "time_malformed",
          "\"" + Spelling.printable(text.get()) + "\" is not a time as RFC 3339 has it",
          "send a time such as 2027-02-18T00:00:00Z");
    } else if (!at.get().isAfter(now)) {
      fields.fault(
          "ask_again_at",
          "value_out_of_range",
          at.get() + " is not after now, " + now,
          "give a later time");
    } else if (at.get().isAfter(now.plus(STANDS_MAX))) {
      fields.fault(
          "ask_again_at",
          "value_out_of_range",
          at.get() + " is more than " + STANDS_MAX.toDays() + " days away",
          "give an earlier time: a review comes back to every key once a year");
    }
    return at;
  }

  Optional<KeyId> keyId() {
    return KeyId.parse(key);
  }
}
