package io.bitting.jdbc;

import io.bitting.id.KeyId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.FirstAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of answers to requests that were named, in one transaction. */
final class FirstAnswers {
  private static final String KIND = "first_answer";

  private static final String BY_REQUEST = "SELECT * FROM first_answers WHERE request = :request";

  /** An answer that has expired may still be there. */
  private static final String DELETE = "DELETE FROM first_answers WHERE request = :request";

  private static final String INSERT =
      """
      INSERT INTO first_answers (request, payload, caller, status, location, body, expires_at, pepper_version, seal)
      VALUES (:request, :payload, :caller, :status, :location, :body, :expiresAt, :pepperVersion, :seal)
      """;

  /** The oldest first, by the index, so that it ends soon however many there are. */
  private static final String DELETE_EXPIRED =
      """
      DELETE FROM first_answers WHERE request IN
      (SELECT request FROM first_answers WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
      RETURNING request
      """;

  private final Handle handle;
  private final Seals seals;

  FirstAnswers(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<FirstAnswer>> find(Bytes request) {
    return Rows.first(
        into -> scan(handle.createQuery(BY_REQUEST).bind("request", request.toArray()), into));
  }

  void put(FirstAnswer answer) {
    handle.createUpdate(DELETE).bind("request", answer.request().toArray()).execute();
    seals
        .bind(handle.createUpdate(INSERT), answer.canonical())
        .bind("request", answer.request().toArray())
        .bind("payload", answer.payload().toArray())
        .bind("caller", answer.caller().text())
        .bind("status", answer.status())
        .bind("location", answer.location().orElse(null))
        .bind("body", answer.body())
        .bind("expiresAt", answer.expiresAt().toEpochMilli())
        .execute();
  }

  List<Bytes> removeExpired(Instant now, int limit) {
    return handle
        .createQuery(DELETE_EXPIRED)
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((results, context) -> new Row(results).bytes("request"))
        .list();
  }

  private void scan(Query query, Consumer<Sealed<FirstAnswer>> into) {
    Rows.each(
        query, results -> seals.readable(KIND, "caller", results, this::read).ifPresent(into));
  }

  private Sealed<FirstAnswer> read(Row row) throws SQLException {
    FirstAnswer answer =
        new FirstAnswer(
            row.bytes("request"),
            row.bytes("payload"),
            row.parsed("caller", KeyId::parse),
            row.smallNumber("status"),
            Optional.ofNullable(row.textOrNull("location")),
            row.text("body"),
            row.time("expires_at"));
    return seals.check(KIND, answer.caller().text(), answer, row.seal(), answer.canonical());
  }
}
