package io.bitting.jdbc;

import io.bitting.store.Position;
import io.bitting.store.StoreException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The sequence of changes, in one transaction. */
final class ChangeLog {
  private static final String HEAD = "SELECT epoch, seq FROM change_head";

  /**
   * Locks the row until the commit: numbers are given out without a gap and in the order of
   * commits.
   */
  private static final String ADVANCE = "UPDATE change_head SET seq = seq + 1 RETURNING epoch, seq";

  private static final String BEGIN =
      "INSERT INTO change_head (only_row, epoch, seq) VALUES (1, :epoch, 0)";

  private static final String INSERT =
      "INSERT INTO changes (seq, position, entity, entity_id) VALUES (:seq, :position, :entity, :id)";

  private static final String AFTER =
      "SELECT seq, entity, entity_id FROM changes WHERE seq > :after AND seq <= :head ORDER BY seq, position";

  private final Handle handle;

  ChangeLog(Handle handle) {
    this.handle = handle;
  }

  /** Returns where the sequence stands; empty in a database that nobody has begun. */
  Optional<Position> head() {
    return handle
        .createQuery(HEAD)
        .map((results, context) -> new Position(results.getString(1), results.getLong(2)))
        .findFirst();
  }

  Position begunHead() {
    return head()
        .orElseThrow(() ->
            new StoreException(
                "the database has lost the head of its changes; restore it from a backup"));
  }

  void begin(String epoch) {
    handle.createUpdate(BEGIN).bind("epoch", epoch).execute();
  }

  /**
   * Gives the next number to changes. The last statement of a transaction: from here on every other
   * that changes something waits.
   */
  Position append(Collection<Change> changes) {
    Position position =
        handle
            .createQuery(ADVANCE)
            .map((results, context) ->
                new Position(results.getString("epoch"), results.getLong("seq")))
            .findFirst()
            .orElseThrow(() ->
                new StoreException(
                    "the database has lost the head of its changes; restore it from a backup"));
    PreparedBatch rows = handle.prepareBatch(INSERT);
    int index = 0;
    for (Change change : changes) {
      rows.bind("seq", position.seq())
          .bind("position", index++)
          .bind("entity", change.entity())
          .bind("id", change.id())
          .add();
    }
    rows.execute();
    return position;
  }

  /**
   * Returns what changed after one place up to another, each once.
   *
   * @return empty if an entry in between is missing
   */
  Optional<Set<Change>> between(long after, long head) {
    Set<Change> changes = new LinkedHashSet<>();
    long[] last = {after};
    boolean[] whole = {true};
    Rows.each(
        handle.createQuery(AFTER).bind("after", after).bind("head", head),
        results -> {
          long seq = results.getLong("seq");
          // Every change has an entry, so a number that is left out was trimmed or lost.
          whole[0] &= seq == last[0] || seq == last[0] + 1;
          last[0] = seq;
          changes.add(new Change(results.getString("entity"), results.getString("entity_id")));
        });
    return whole[0] && last[0] == head ? Optional.of(changes) : Optional.empty();
  }
}
