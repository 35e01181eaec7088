package io.bitting.jdbc;

import io.bitting.access.DenialReason;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.store.StoreException;
import io.bitting.usage.Demand;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.Tally;
import io.bitting.usage.UsageLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The ledger of one node, in tables apart from all others. */
final class JdbcUsageLedger implements UsageLedger {
  private static final int ATTEMPTS = 4;
  private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  /** A node that told nothing for so long has ended, or is as good as. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(10);

  /** Demands whose numbers are kept in memory; beyond that they are looked up once more. */
  private static final int NUMBERS_MAX = 20_000;

  /** Names the one lock of the ledger; nothing else of the product takes it. */
  private static final long LOCK = 0x75736167_65L;

  private static final String BEGIN =
      "INSERT INTO usage_begun (single, begun_at) VALUES (1, :now) ON CONFLICT (single) DO NOTHING";

  private static final String NODE_BEGINS =
      """
      INSERT INTO usage_nodes (node, batch, told_until, ended) VALUES (:node, 0, :now, 0)
      ON CONFLICT (node) DO UPDATE SET ended = 0
      """;

  private static final String SILENT_NODES =
      "SELECT node, told_until FROM usage_nodes WHERE ended = 0 AND node <> :node AND told_until < :before";

  private static final String END_NODE =
      "UPDATE usage_nodes SET ended = 1, told_until = :now WHERE node = :node";

  /** Nodes that ended a day ago have no batch to repeat. */
  private static final String REMOVE_NODES =
      "DELETE FROM usage_nodes WHERE ended = 1 AND told_until < :before";

  /** Changes nothing if the batch was written before. */
  private static final String NEXT_BATCH =
      """
      INSERT INTO usage_nodes (node, batch, told_until, ended) VALUES (:node, :batch, :until, 0)
      ON CONFLICT (node) DO UPDATE SET
        batch = excluded.batch, told_until = excluded.told_until, ended = 0
      WHERE usage_nodes.batch < excluded.batch
      """;

  private static final String OLDEST_HOUR =
      "SELECT MIN(hour) FROM usage_hours WHERE hour < :before";

  private static final String ADD_TO_DAYS =
      """
      INSERT INTO usage_days (key_id, day, demand, first_minute, last_minute, allowed, denied)
      SELECT key_id, hour / 24, demand, first_minute, last_minute, allowed, denied
      FROM usage_hours WHERE hour = :hour
      ON CONFLICT (key_id, day, demand) DO UPDATE SET
        first_minute = CASE WHEN excluded.first_minute < usage_days.first_minute
          THEN excluded.first_minute ELSE usage_days.first_minute END,
        last_minute = CASE WHEN excluded.last_minute > usage_days.last_minute
          THEN excluded.last_minute ELSE usage_days.last_minute END,
        allowed = usage_days.allowed + excluded.allowed,
        denied = usage_days.denied + excluded.denied
      """;

  private static final String REMOVE_HOUR = "DELETE FROM usage_hours WHERE hour = :hour";

  private static final String FORGET_DAYS =
      """
      DELETE FROM usage_days
      WHERE day < :day
        AND key_id IN (SELECT key_id FROM usage_secrets WHERE organization_id = :organization)
      """;

  private static final String FORGET_HOURS =
      """
      DELETE FROM usage_hours
      WHERE hour < :hour
        AND key_id IN (SELECT key_id FROM usage_secrets WHERE organization_id = :organization)
      """;

  private static final String FORGET_ORIGINS =
      """
      UPDATE usage_secrets SET source = NULL, user_agent = NULL
      WHERE organization_id = :organization AND used_minute < :minute
        AND (source IS NOT NULL OR user_agent IS NOT NULL)
      """;

  private static final String FORGET_DENIALS =
      "DELETE FROM usage_denials WHERE organization_id = :organization AND day < :day";

  private static final String PUT_CUT =
      """
      INSERT INTO usage_cuts (organization_id, cut_before) VALUES (:organization, :before)
      ON CONFLICT (organization_id) DO UPDATE SET cut_before = excluded.cut_before
      WHERE usage_cuts.cut_before < excluded.cut_before
      """;

  private final Engine engine;
  private final String node;
  private final Clock clock;
  private final Map<Demand, Long> numbers = new ConcurrentHashMap<>();
  private final WrittenUses uses = new WrittenUses();

  JdbcUsageLedger(Engine engine, String node, Clock clock) {
    this.engine = engine;
    this.node = node;
    this.clock = clock;
  }

  /** Runs a transaction, and again if the database asks for that. */
  private <R> R transact(Function<Handle, R> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return engine.<R>write(handle -> {
          engine.lockName(handle, LOCK);
          return new Engine.Outcome<R>(work.apply(handle), true);
        });
      } catch (AskedToRetry e) {
        if (attempt == ATTEMPTS) {
          throw new StoreException.Busy(
              "transactions of the usage ledger got in each other's way " + ATTEMPTS + " times", e);
        }
      }
    }
  }

  private record SilentNode(String name, Instant toldUntil) {}

  @Override
  public void begin(Instant now) {
    // The one server of a SQLite file begins: whoever has not ended is gone.
    Instant silentBefore =
        engine instanceof SqliteEngine
            ? Instant.ofEpochMilli(Long.MAX_VALUE)
            : now.minus(SILENCE_MAX);
    transact(handle -> {
      handle.createUpdate(BEGIN).bind("now", now.toEpochMilli()).execute();
      markSilent(handle, silentBefore, now);
      handle
          .createUpdate(REMOVE_NODES)
          .bind("before", now.minusSeconds(DAY_SECONDS).toEpochMilli())
          .execute();
      return handle
          .createUpdate(NODE_BEGINS)
          .bind("node", node)
          .bind("now", now.toEpochMilli())
          .execute();
    });
  }

  /** What a node has counted and not told is lost, and nobody knows how much that is. */
  private void markSilent(Handle handle, Instant before, Instant now) {
    List<SilentNode> silent = new ArrayList<>();
    Rows.each(
        handle.createQuery(SILENT_NODES).bind("node", node).bind("before", before.toEpochMilli()),
        results -> {
          Row row = new Row(results);
          silent.add(new SilentNode(row.text("node"), row.time("told_until")));
        });
    for (SilentNode gone : silent) {
      Instant until = now.isAfter(gone.toldUntil()) ? now : gone.toldUntil().plusMillis(1);
      UsageBatch.addGap(handle, gone.toldUntil(), until, 0);
      handle
          .createUpdate(END_NODE)
          .bind("node", gone.name())
          .bind("now", now.toEpochMilli())
          .execute();
    }
  }

  @Override
  public void write(Batch batch) {
    Optional<UsageBatch> written =
        transact(handle -> {
          int next =
              handle
                  .createUpdate(NEXT_BATCH)
                  .bind("node", node)
                  .bind("batch", batch.number())
                  .bind("until", batch.until().toEpochMilli())
                  .execute();
          if (next == 0) {
            // Written already.
            return Optional.empty();
          }
          UsageBatch rows = UsageBatch.of(batch.harvest(), numbers, new UsageDemands(handle));
          rows.write(handle, uses);
          return Optional.of(rows);
        });
    written.ifPresent(this::remember);
  }

  /** Not before it is committed. */
  private void remember(UsageBatch written) {
    written.written().forEach(uses::add);
    if (numbers.size() + written.numbered().size() > NUMBERS_MAX) {
      numbers.clear();
    }
    numbers.putAll(written.numbered());
  }

  @Override
  public void end(Instant now) {
    transact(handle ->
        handle.createUpdate(END_NODE).bind("node", node).bind("now", now.toEpochMilli()).execute());
  }

  @Override
  public void rollUp(Instant before) {
    long beforeHour = Math.floorDiv(before.getEpochSecond(), HOUR_SECONDS);
    if (!(engine instanceof SqliteEngine)) {
      Instant now = clock.instant();
      transact(handle -> {
        markSilent(handle, now.minus(SILENCE_MAX), now);
        return true;
      });
    }
    while (transact(handle -> rollUpOldest(handle, beforeHour))) {
      // One hour a transaction, so that batches get their turn.
    }
  }

  private static boolean rollUpOldest(Handle handle, long beforeHour) {
    Optional<Long> oldest =
        handle.createQuery(OLDEST_HOUR).bind("before", beforeHour).mapTo(Long.class).findOne();
    oldest.ifPresent(hour -> {
      handle.createUpdate(ADD_TO_DAYS).bind("hour", hour).execute();
      handle.createUpdate(REMOVE_HOUR).bind("hour", hour).execute();
    });
    return oldest.isPresent();
  }

  @Override
  public boolean hasBefore(OrganizationId organization, Instant before) {
    return read(queries -> queries.hasBefore(organization, day(before)));
  }

  private static long day(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), DAY_SECONDS);
  }

  @Override
  public void forget(OrganizationId organization, Instant before) {
    long day = day(before);
    transact(handle -> {
      String id = organization.text();
      handle.createUpdate(FORGET_DAYS).bind("organization", id).bind("day", day).execute();
      handle.createUpdate(FORGET_HOURS).bind("organization", id).bind("hour", day * 24).execute();
      handle
          .createUpdate(FORGET_ORIGINS)
          .bind("organization", id)
          .bind("minute", day * 24 * 60)
          .execute();
      handle.createUpdate(FORGET_DENIALS).bind("organization", id).bind("day", day).execute();
      return handle
          .createUpdate(PUT_CUT)
          .bind("organization", id)
          .bind("before", Instant.ofEpochSecond(day * DAY_SECONDS).toEpochMilli())
          .execute();
    });
  }

  private <R> R read(Function<UsageQueries, R> work) {
    return engine.<R>read(handle -> work.apply(new UsageQueries(handle)));
  }

  @Override
  public Set<OrganizationId> organizations() {
    return read(UsageQueries::organizations);
  }

  @Override
  public KeyUse use(KeyId key, Instant from, Instant until) {
    return read(queries -> queries.use(key, from, until, clock.instant()));
  }

  @Override
  public Map<KeyId, KeyUse> uses(Map<KeyId, Instant> from, Instant until) {
    return from.isEmpty() ? Map.of() : read(queries -> queries.uses(from, until, clock.instant()));
  }

  @Override
  public List<Tally> tallies(KeyId key, Instant from, Instant until) {
    return read(queries -> queries.tallies(key, from, until));
  }

  @Override
  public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
    return keys.isEmpty() ? Map.of() : read(queries -> queries.lastUses(keys));
  }

  @Override
  public Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
    return read(queries -> queries.lastUsesBySecret(key));
  }

  @Override
  public Map<DenialReason, Long> denials(OrganizationId organization, LocalDate day) {
    return read(queries -> queries.denials(organization, day));
  }
}
