package io.bitting.jdbc;

import io.bitting.store.Nodes;
import io.bitting.store.Position;

/** The nodes on one PostgreSQL database, by its own clock. */
final class PostgresqlNodes implements Nodes {

  /** Also clears away nodes that ended without a word. */
  private static final String REPORT =
      """
      WITH gone AS (DELETE FROM nodes WHERE seen_at < clock_timestamp() - INTERVAL '1 hour')
      INSERT INTO nodes (id, epoch, seq, seen_at) VALUES (:id, :epoch, :seq, clock_timestamp())
      ON CONFLICT (id) DO UPDATE SET epoch = :epoch, seq = :seq, seen_at = clock_timestamp()
      """;

  /** A node that was not heard of for three seconds is not waited for. */
  private static final String BEHIND =
      """
      SELECT count(*) FROM nodes
      WHERE id <> :id AND seen_at > clock_timestamp() - INTERVAL '3 seconds' AND (epoch <> :epoch OR seq < :seq)
      """;

  private static final String LEAVE = "DELETE FROM nodes WHERE id = :id";

  private final PostgresqlEngine engine;
  private final String id;

  PostgresqlNodes(PostgresqlEngine engine, String id) {
    this.engine = engine;
    this.id = id;
  }

  @Override
  public void report(Position reached) {
    engine.write(handle ->
        new Engine.Outcome<>(
            handle
                .createUpdate(REPORT)
                .bind("id", id)
                .bind("epoch", reached.epoch())
                .bind("seq", reached.seq())
                .execute(),
            true));
  }

  @Override
  public boolean haveAllReached(Position position) {
    return engine.<Long>read(handle ->
        handle
            .createQuery(BEHIND)
            .bind("id", id)
            .bind("epoch", position.epoch())
            .bind("seq", position.seq())
            .mapTo(Long.class)
            .one())
        == 0;
  }

  @Override
  public void leave() {
    engine.write(
        handle -> new Engine.Outcome<>(handle.createUpdate(LEAVE).bind("id", id).execute(), true));
  }
}
