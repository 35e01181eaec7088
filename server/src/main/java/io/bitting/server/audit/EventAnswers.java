package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.client.protocol.Reference;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Cursor;
import io.bitting.server.http.Query;
import io.bitting.server.http.Timestamp;
import io.bitting.store.Reader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Audit events as callers see them. */
final class EventAnswers {
  /** What part of a chain is asked for. */
  record Part(Reader.AuditFilter filter, Optional<Long> before, int limit) {}

  private EventAnswers() {}

  static Part read(Query query, Clock clock) {
    int limit = query.limit();
    Reader.AuditFilter filter = filter(query, clock);
    Optional<Long> before = query.cursor(EventAnswers::number);
    query.check();
    return new Part(filter, before, limit);
  }

  /** Reads which events are asked for. */
  static Reader.AuditFilter filter(Query query, Clock clock) {
    Optional<Instant> from =
        query.value(
            "from",
            "a time such as 2026-01-31T00:00:00Z that is not in the future",
            text -> Timestamp.parse(text).filter(time -> !time.isAfter(clock.instant())));
    return new Reader.AuditFilter(
        query.shortText("action", "an action such as key.created"),
        query.shortText("actor", "the id of a key or member"),
        query.shortText("target", "the id of what was acted on"),
        from,
        query.value(
            "until",
            "a time such as 2026-01-31T00:00:00Z that is after from",
            text ->
                Timestamp.parse(text).filter(time -> from.isEmpty() || from.get().isBefore(time))));
  }

  private static Optional<Long> number(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  static Answer page(Reader reader, AuditChain chain, Part part) {
    List<AuditEvent> events =
        reader.auditEvents(chain, part.filter(), part.before(), part.limit() + 1);
    List<AuditEventAnswer> items =
        events.stream().limit(part.limit()).map(EventAnswers::of).toList();
    String next =
        events.size() > part.limit()
            ? Cursor.encode(String.valueOf(events.get(part.limit() - 1).number()))
            : null;
    return Answer.json(200, new Page<>(items, next)).asOf(reader.position());
  }

  private static AuditEventAnswer of(AuditEvent event) {
    AuditEvent.Act act = event.act();
    AuditEvent.Personal source = event.source();
    return new AuditEventAnswer(
        event.id().text(),
        event.number(),
        event.at(),
        act.action(),
        new Reference(act.actor().kind().code(), act.actor().id()),
        new Reference(act.target().kind(), act.target().id()),
        source == null ? null : source.value(),
        act.requestId().orElse(null),
        act.changes().stream()
            .map(change ->
                new AuditEventAnswer.Change(change.name(), change.before(), change.after()))
            .toList(),
        event.previousHash().hex(),
        event.hash().hex());
  }
}
