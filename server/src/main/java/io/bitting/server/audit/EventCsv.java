package io.bitting.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.ExportedEvent;
import io.bitting.client.protocol.Json;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as lines of a table (RFC 4180), for spreadsheets.
 *
 * <p><b>Security guarantees.</b> No cell is a formula: one that a spreadsheet would take for one
 * begins with an apostrophe.
 */
final class EventCsv {
  private static final List<String> COLUMNS =
      List.of(
          "number",
          "id",
          "at",
          "action",
          "actor_kind",
          "actor",
          "target_kind",
          "target",
          "source",
          "request_id",
          "changes",
          "previous_hash",
          "hash");

  private final StringBuilder text = new StringBuilder();

  void head() {
    line(COLUMNS);
  }

  void add(AuditEvent event) {
    ExportedEvent shown = ExportedEvent.of(event);
    ExportedEvent.Source source = shown.source();
    String requestId = shown.requestId();
    line(
        List.of(
            String.valueOf(shown.number()),
            shown.id(),
            Json.time(shown.at()),
            shown.action(),
            shown.actor().kind(),
            shown.actor().id(),
            shown.target().kind(),
            shown.target().id(),
            source == null ? "" : source.value(),
            orNothing(requestId),
            shown.changes().isEmpty() ? "" : json(shown.changes()),
            shown.previousHash(),
            shown.hash()));
  }

  private static String orNothing(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String json(Object value) {
    try {
      return Json.writer().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
    }
    text.append("\r\n");
  }

  static String cell(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
