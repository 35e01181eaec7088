package io.bitting.server.review;

import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a review as a table (RFC 4180).
 *
 * <p><b>Security guarantees.</b> Names and purposes are what somebody chose, and the report is
 * opened in a spreadsheet by somebody else: every cell is quoted, and one that a spreadsheet would
 * take for a formula has an apostrophe before it.
 */
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
    line(table, HEADINGS);
    keys.forEach(key -> line(table, cells(key)));
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

  private static void line(StringBuilder table, List<String> cells) {
    table
        .append(cells.stream().map(ReviewCsv::cell).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  /** Quotes a cell; what begins like a formula begins with an apostrophe instead. */
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
