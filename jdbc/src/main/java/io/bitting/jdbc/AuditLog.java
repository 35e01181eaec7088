package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.EventId;
import io.bitting.seal.Bytes;
import io.bitting.store.Reader.AuditFilter;
import io.bitting.store.StoreException;
import io.bitting.store.Writer.Erasure;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The tables of the audit log, in one transaction. */
final class AuditLog {
  private static final String SOURCE = "source";

  /** One statement for an event and the part of it that can be erased. */
  private static final String SELECT =
      """
      SELECT e.*, p.salt AS source_salt, p.value AS source_value
      FROM audit_events e
        LEFT JOIN audit_personal p ON p.chain = e.chain AND p.number = e.number AND p.field = 'source'
      """;

  private static final String BY_ID = SELECT + "WHERE e.id = :id";
  private static final String OF_CHAIN = "WHERE e.chain = :chain AND e.number < :before";
  private static final String OF_ACTION = " AND e.action = :action";
  private static final String OF_ACTOR = " AND e.actor = :actor";
  private static final String OF_TARGET = " AND e.target = :target";
  private static final String FROM_TIME = " AND e.at >= :from";
  private static final String UNTIL_TIME = " AND e.at < :until";
  private static final String AFTER =
      "WHERE e.chain = :chain AND e.number > :after AND e.number <= :through";
  private static final String IN_ORDER = " ORDER BY e.number LIMIT :limit";
  private static final String NEWEST_FIRST = " ORDER BY e.number DESC LIMIT :limit";

  private static final String CHANGES =
      """
      SELECT number, name, before_value, after_value FROM audit_changes
      WHERE chain = :chain AND number IN (<numbers>)
      ORDER BY number, position
      """;

  private static final String BEGIN_CHAIN =
      "INSERT INTO audit_heads (chain, number, hash) VALUES (:chain, :number, :hash) ON CONFLICT (chain) DO NOTHING";

  private static final String HEAD = "SELECT number, hash FROM audit_heads WHERE chain = :chain";
  private static final String MOVE_HEAD =
      "UPDATE audit_heads SET number = :number, hash = :hash WHERE chain = :chain";

  /** What belongs to an event first: once the event itself is there, triggers refuse it. */
  private static final String INSERT_CHANGE =
      """
      INSERT INTO audit_changes (chain, number, position, name, before_value, after_value)
      VALUES (:chain, :number, :position, :name, :before, :after)
      """;

  private static final String INSERT_PERSONAL =
      "INSERT INTO audit_personal (chain, number, field, salt, value) VALUES (:chain, :number, :field, :salt, :value)";

  private static final String INSERT =
      """
      INSERT INTO audit_events
        (chain, number, id, at, action, actor_kind, actor, target_kind, target, request_id, source_commitment,
        previous_hash, hash)
      VALUES (:chain, :number, :id, :at, :action, :actorKind, :actor, :targetKind, :target, :requestId, :commitment,
        :previousHash, :hash)
      """;

  private static final String ERASE_SOURCE =
      "DELETE FROM audit_personal WHERE chain = :chain AND field = 'source' AND value = :value";

  private static final String ERASE_OF_ACTOR =
      """
      DELETE FROM audit_personal WHERE chain = :chain AND field = 'source'
        AND number IN (SELECT number FROM audit_events WHERE chain = :chain AND actor = :value)
      """;

  private final Handle handle;
  private final Engine engine;

  AuditLog(Handle handle, Engine engine) {
    this.handle = handle;
    this.engine = engine;
  }

  AuditEvent append(
      AuditChain chain,
      Instant at,
      AuditEvent.Act act,
      Optional<String> source,
      SecureRandom random) {
    AuditEvent event = chain.next(lockHead(chain), at, act, source, random);
    PreparedBatch changes = handle.prepareBatch(INSERT_CHANGE);
    int position = 0;
    for (AuditEvent.Change change : act.changes()) {
      changes
          .bind("chain", chain.text())
          .bind("number", event.number())
          .bind("position", position++)
          .bind("name", change.name())
          .bind("before", change.before())
          .bind("after", change.after())
          .add();
    }
    changes.execute();
    AuditEvent.Personal personal = event.source();
    if (personal != null) {
      handle
          .createUpdate(INSERT_PERSONAL)
          .bind("chain", chain.text())
          .bind("number", event.number())
          .bind("field", SOURCE)
          .bind("salt", personal.salt().toArray())
          .bind("value", personal.value())
          .execute();
    }
    insert(event);
    handle
        .createUpdate(MOVE_HEAD)
        .bind("chain", chain.text())
        .bind("number", event.number())
        .bind("hash", event.hash().toArray())
        .execute();
    return event;
  }

  /** Reads where a chain stands, and keeps others from moving it until the transaction ends. */
  AuditChain.Head lockHead(AuditChain chain) {
    AuditChain.Head none = AuditChain.Head.empty();
    handle
        .createUpdate(BEGIN_CHAIN)
        .bind("chain", chain.text())
        .bind("number", none.number())
        .bind("hash", none.hash().toArray())
        .execute();
    return handle
        .createQuery(HEAD + engine.forUpdate())
        .bind("chain", chain.text())
        .map((results, context) ->
            new AuditChain.Head(results.getLong("number"), new Row(results).bytes("hash")))
        .one();
  }

  private void insert(AuditEvent event) {
    AuditEvent.Act act = event.act();
    Bytes commitment = event.sourceCommitment();
    handle
        .createUpdate(INSERT)
        .bind("chain", event.chain().text())
        .bind("number", event.number())
        .bind("id", event.id().text())
        .bind("at", event.at().toEpochMilli())
        .bind("action", act.action())
        .bind("actorKind", act.actor().kind().code())
        .bind("actor", act.actor().id())
        .bind("targetKind", act.target().kind())
        .bind("target", act.target().id())
        .bind("requestId", act.requestId().orElse(null))
        .bind("commitment", commitment == null ? null : commitment.toArray())
        .bind("previousHash", event.previousHash().toArray())
        .bind("hash", event.hash().toArray())
        .execute();
  }

  Optional<AuditEvent> find(EventId id) {
    return list(handle.createQuery(BY_ID).bind("id", id.text())).stream().findFirst();
  }

  List<AuditEvent> page(AuditChain chain, AuditFilter filter, Optional<Long> before, int limit) {
    Query query =
        filtered(OF_CHAIN, NEWEST_FIRST, chain, filter, limit)
            .bind("before", before.orElse(Long.MAX_VALUE));
    return list(query);
  }

  List<AuditEvent> after(
      AuditChain chain, AuditFilter filter, long after, long through, int limit) {
    Query query =
        filtered(AFTER, IN_ORDER, chain, filter, limit)
            .bind("after", after)
            .bind("through", through);
    return list(query);
  }

  private Query filtered(
      String which, String order, AuditChain chain, AuditFilter filter, int limit) {
    String sql = SELECT + which + where(filter) + order;
    Query query = handle.createQuery(sql).bind("chain", chain.text()).bind("limit", limit);
    filter.action().ifPresent(action -> query.bind("action", action));
    filter.actor().ifPresent(actor -> query.bind("actor", actor));
    filter.target().ifPresent(target -> query.bind("target", target));
    filter.from().ifPresent(from -> query.bind("from", from.toEpochMilli()));
    filter.until().ifPresent(until -> query.bind("until", until.toEpochMilli()));
    return query;
  }

  private static String where(AuditFilter filter) {
    return filter.action().map(any -> OF_ACTION).orElse("")
        + filter.actor().map(any -> OF_ACTOR).orElse("")
        + filter.target().map(any -> OF_TARGET).orElse("")
        + filter.from().map(any -> FROM_TIME).orElse("")
        + filter.until().map(any -> UNTIL_TIME).orElse("");
  }

  /** Erases where events came from. */
  long erase(AuditChain chain, Erasure by, String value) {
    return handle
        .createUpdate(by == Erasure.SOURCE ? ERASE_SOURCE : ERASE_OF_ACTOR)
        .bind("chain", chain.text())
        .bind("value", value)
        .execute();
  }

  /** Reads events of one chain. Their changes are read after them, which never change. */
  private List<AuditEvent> list(Query query) {
    List<AuditEvent> events =
        Rows.list(into -> Rows.each(query, results -> into.accept(read(new Row(results)))));
    if (events.isEmpty()) {
      return events;
    }
    Map<Long, List<AuditEvent.Change>> changes = new HashMap<>();
    Rows.each(
        handle
            .createQuery(CHANGES)
            .bind("chain", events.get(0).chain().text())
            .bindList("numbers", events.stream().map(AuditEvent::number).toList()),
        results ->
            changes
                .computeIfAbsent(results.getLong("number"), first -> new ArrayList<>())
                .add(
                    new AuditEvent.Change(
                        new Row(results).text("name"),
                        results.getString("before_value"),
                        results.getString("after_value"))));
    return events.stream()
        .map(event -> with(changes.getOrDefault(event.number(), List.of()), event))
        .toList();
  }

  private static AuditEvent read(Row row) throws SQLException {
    try {
      return new AuditEvent(
          row.parsed("id", EventId::parse),
          new AuditChain(row.text("chain")),
          row.number("number"),
          row.time("at"),
          new AuditEvent.Act(
              row.text("action"),
              new Actor(row.parsed("actor_kind", Actor.Kind::of), row.text("actor")),
              new AuditEvent.Target(row.text("target_kind"), row.text("target")),
              Optional.ofNullable(row.textOrNull("request_id")),
              List.of()),
          row.bytesOrNull("source_commitment"),
          personal(row),
          row.bytes("previous_hash"),
          row.bytes("hash"));
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "an event of the audit log was altered so that it cannot be read: " + e.getMessage());
    }
  }

  private static AuditEvent.@Nullable Personal personal(Row row) throws SQLException {
    String value = row.textOrNull("source_value");
    return value == null ? null : new AuditEvent.Personal(row.bytes("source_salt"), value);
  }

  private static AuditEvent with(List<AuditEvent.Change> changes, AuditEvent event) {
    AuditEvent.Act act = event.act();
    return new AuditEvent(
        event.id(),
        event.chain(),
        event.number(),
        event.at(),
        new AuditEvent.Act(act.action(), act.actor(), act.target(), act.requestId(), changes),
        event.sourceCommitment(),
        event.source(),
        event.previousHash(),
        event.hash());
  }
}
