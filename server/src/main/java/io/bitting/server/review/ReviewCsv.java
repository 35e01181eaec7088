package io.bitting.server.review;

import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.server.http.Csv;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a review as a table, see {@link Csv}. */
final class ReviewCsv {
  private static final List<String> HEADINGS =
      List.of(
          "risk",
          "points",
          "key",
          "name",
          "purpose",
          "api",
          "scopes",
          "state",
          "created_at",
          "created_by",
          "expires_at",
          "last_used_at",
          "findings",
          "why",
          "verdict",
          "reason",
          "ask_again_at",
          "decided_at",
          "decided_by");

  private ReviewCsv() {}

  static String of(List<ReviewedKey> keys) {
    StringBuilder table = new StringBuilder();
    table.append(Csv.line(HEADINGS));
    keys.forEach(key -> table.append(Csv.line(cells(key))));
    return table.toString();
  }

  private static List<String> cells(ReviewedKey key) {
    List<String> cells = new ArrayList<>();
    cells.add(key.risk());
    cells.add(String.valueOf(key.points()));
    cells.add(key.key().id());
    cells.add(key.key().name());
    cells.add(key.key().purpose());
    cells.add(key.key().api());
    cells.add(key.key().allScopes() ? "(all)" : String.join(" ", key.key().scopes()));
    cells.add(key.key().state());
    cells.add(time(key.key().createdAt()));
    cells.add(key.key().createdBy().kind() + " " + key.key().createdBy().id());
    cells.add(key.key().expiresAt() == null ? "never" : time(key.key().expiresAt()));
    cells.add(time(key.lastUsedAt()));
    cells.add(joined(key.findings().stream().map(FindingAnswer::kind).toList(), " "));
    cells.add(joined(key.findings().stream().map(FindingAnswer::words).toList(), "; "));
    ReviewDecisionAnswer decision = key.decision();
    cells.add(decision == null ? "" : decision.verdict());
    cells.add(decision == null ? "" : decision.reason());
    cells.add(decision == null ? "" : time(decision.askAgainAt()));
    cells.add(decision == null ? "" : time(decision.decidedAt()));
    cells.add(
        decision == null ? "" : decision.decidedBy().kind() + " " + decision.decidedBy().id());
    return cells;
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : Json.time(time);
  }

  private static String joined(List<String> words, String separator) {
    return String.join(separator, words);
  }
}
