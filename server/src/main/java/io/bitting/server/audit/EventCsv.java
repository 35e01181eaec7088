package io.bitting.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.ExportedEvent;
import io.bitting.client.protocol.Json;
import io.bitting.server.http.Csv;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as lines of a table, see {@link Csv}. */
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
    text.append(Csv.line(COLUMNS));
  }

  void add(AuditEvent event) {
    ExportedEvent shown = ExportedEvent.of(event);
    ExportedEvent.Source source = shown.source();
    String requestId = shown.requestId();
    text.append(
        Csv.line(
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
                shown.hash())));
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

  @Override
  public String toString() {
    return text.toString();
  }
}
