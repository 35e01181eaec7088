package io.bitting.jdbc;

import io.bitting.access.DenialReason;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.usage.Demand;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.Tally;
import io.bitting.usage.Use;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What is asked of the ledger, in one reading transaction. */
final class UsageQueries {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** How many keys a query names at most. */
  private static final int KEYS_MAX = 500;

  /** How far a node may be behind with telling: a few batches. */
  private static final Duration BEHIND_MAX = Duration.ofMinutes(5);

  /** The key comes second in the rows, so that each hour is looked up by itself. */
  private static final String HOURS =
      """
      WITH RECURSIVE slots (hour) AS (
        SELECT CAST(:from AS INTEGER)
        UNION ALL SELECT hour + 1 FROM slots WHERE hour + 1 < :until)
      SELECT h.key_id, h.demand, d.api, d.operation, d.requirement, d.scopes, h.hour AS slot,
        h.first_minute, h.last_minute, h.allowed, h.denied
      FROM slots s
        CROSS JOIN usage_hours h
        JOIN usage_demands d ON d.number = h.demand
      WHERE h.hour = s.hour AND h.key_id IN (<keys>)
      """;

  private static final String DAYS =
      """
      SELECT u.key_id, u.demand, d.api, d.operation, d.requirement, d.scopes, u.day AS slot,
        u.first_minute, u.last_minute, u.allowed, u.denied
      FROM usage_days u JOIN usage_demands d ON d.number = u.demand
      WHERE u.key_id IN (<keys>) AND u.day >= :from AND u.day < :until
      """;

  private static final String HOURS_THERE =
      "SELECT MIN(hour) AS first, MAX(hour) AS last FROM usage_hours";

  private static final String SECRETS =
      """
      SELECT key_id, secret, used_minute, source, user_agent FROM usage_secrets
      WHERE key_id IN (<keys>) AND used_minute IS NOT NULL
      """;

  /** A ledger that began within the window does not know what was before. */
  private static final String BEGUN = "SELECT MAX(begun_at) FROM usage_begun";

  private static final String GAPS_END =
      "SELECT MAX(gap_until) FROM usage_gaps WHERE gap_from < :until";

  private static final String SILENT =
      "SELECT count(*) FROM usage_nodes WHERE ended = 0 AND told_until < :until AND told_until < :toldAfter";

  private static final String CUTS =
      """
      SELECT s.key_id, MAX(c.cut_before) AS cut_before
      FROM usage_secrets s JOIN usage_cuts c ON c.organization_id = s.organization_id
      WHERE s.key_id IN (<keys>)
      GROUP BY s.key_id
      """;

  private static final String ORGANIZATIONS =
      "SELECT DISTINCT organization_id FROM usage_secrets ORDER BY organization_id";

  private static final String DENIALS =
      "SELECT reason, denied FROM usage_denials WHERE organization_id = :organization AND day = :day";

  /** Each part by the index of its table. */
  private static final String HAS_BEFORE =
      """
      SELECT count(*) FROM (
        SELECT 1 AS one WHERE EXISTS (
          SELECT 1 FROM usage_days
          WHERE day < :day
            AND key_id IN (SELECT key_id FROM usage_secrets WHERE organization_id = :organization))
        UNION ALL
        SELECT 1 AS one WHERE EXISTS (
          SELECT 1 FROM usage_hours
          WHERE hour < :hour
            AND key_id IN (SELECT key_id FROM usage_secrets WHERE organization_id = :organization))
        UNION ALL
        SELECT 1 AS one WHERE EXISTS (
          SELECT 1 FROM usage_secrets
          WHERE organization_id = :organization AND used_minute < :minute
            AND (source IS NOT NULL OR user_agent IS NOT NULL))
        UNION ALL
        SELECT 1 AS one WHERE EXISTS (
          SELECT 1 FROM usage_denials WHERE organization_id = :organization AND day < :day)
      ) something
      """;

  private final Handle handle;

  /** Read once by their numbers, since many rows have the same. */
  private final Map<Long, Demand> demands = new HashMap<>();

  UsageQueries(Handle handle) {
    this.handle = handle;
  }

  /** A window, rounded to what is recorded. */
  private record Window(Instant from, Instant until) {
    int fromHour() {
      return (int) Math.floorDiv(from.toEpochMilli(), HOUR_MILLIS);
    }

    int untilHour() {
      return (int) -Math.floorDiv(-until.toEpochMilli(), HOUR_MILLIS);
    }

    int fromDay() {
      return (int) Math.floorDiv(from.toEpochMilli(), DAY_MILLIS);
    }

    int untilDay() {
      return (int) -Math.floorDiv(-until.toEpochMilli(), DAY_MILLIS);
    }
  }

  private record Recorded(
      KeyId key,
      Demand demand,
      boolean ofHour,
      int slot,
      Instant first,
      Instant last,
      long allowed,
      long denied) {
    boolean isWithin(Window window) {
      return slot >= (ofHour ? window.fromHour() : window.fromDay());
    }
  }

  KeyUse use(KeyId key, Instant from, Instant until, Instant now) {
    return Objects.requireNonNull(uses(Map.of(key, from), until, now).get(key));
  }

  Map<KeyId, KeyUse> uses(Map<KeyId, Instant> from, Instant until, Instant now) {
    Map<KeyId, KeyUse> uses = new HashMap<>();
    boolean silent =
        count(
                handle
                    .createQuery(SILENT)
                    .bind("until", until.toEpochMilli())
                    .bind("toldAfter", now.minus(BEHIND_MAX).toEpochMilli()))
            > 0;
    for (List<KeyId> keys : parts(from.keySet())) {
      Map<KeyId, Window> windows = new HashMap<>();
      keys.forEach(
          key -> windows.put(key, new Window(Objects.requireNonNull(from.get(key)), until)));
      Map<KeyId, Map<Demand, Use>> used = used(windows, until);
      Map<KeyId, LastUse> last = lastUses(keys);
      Lost lost = lost(keys, new Window(until, until));
      windows.forEach((key, window) ->
          uses.put(
              key,
              new KeyUse(
                  key,
                  List.copyOf(used.getOrDefault(key, Map.of()).values()),
                  Optional.ofNullable(last.get(key)),
                  !silent && !lost.isWithin(key, window))));
    }
    return uses;
  }

  private static List<List<KeyId>> parts(Collection<KeyId> keys) {
    List<KeyId> all = keys.stream().distinct().toList();
    List<List<KeyId>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += KEYS_MAX) {
      parts.add(all.subList(i, Math.min(all.size(), i + KEYS_MAX)));
    }
    return parts;
  }

  private static List<String> texts(Collection<KeyId> keys) {
    return keys.stream().map(KeyId::text).toList();
  }

  private Map<KeyId, Map<Demand, Use>> used(Map<KeyId, Window> windows, Instant until) {
    Map<KeyId, Map<Demand, Use>> used = new HashMap<>();
    Instant from =
        windows.values().stream().map(Window::from).min(Instant::compareTo).orElse(until);
    recorded(
        windows.keySet(),
        new Window(from, until),
        each -> {
          if (each.isWithin(Objects.requireNonNull(windows.get(each.key())))) {
            used.computeIfAbsent(each.key(), key -> new LinkedHashMap<>())
                .merge(
                    each.demand(),
                    new Use(
                        each.demand().api(),
                        each.demand().requirement(),
                        each.demand().operation(),
                        each.first(),
                        each.last(),
                        each.allowed(),
                        each.denied()),
                    UsageQueries::joined);
          }
        });
    return used;
  }

  private static Use joined(Use one, Use other) {
    return new Use(
        one.api(),
        one.requirement(),
        one.operation(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last(),
        one.allowed() + other.allowed(),
        one.denied() + other.denied());
  }

  private void recorded(Collection<KeyId> keys, Window window, Consumer<Recorded> into) {
    List<String> ids = texts(keys);
    Rows.each(
        handle
            .createQuery(DAYS)
            .bindList("keys", ids)
            .bind("from", window.fromDay())
            .bind("until", window.untilDay()),
        results -> into.accept(recorded(new Row(results), false)));
    int[] there = hoursThere();
    int from = Math.max(window.fromHour(), there[0]);
    int until = Math.min(window.untilHour(), there[1] + 1);
    if (from < until) {
      Rows.each(
          handle.createQuery(HOURS).bindList("keys", ids).bind("from", from).bind("until", until),
          results -> into.accept(recorded(new Row(results), true)));
    }
  }

  private int[] hoursThere() {
    int[] there = {Integer.MAX_VALUE, Integer.MIN_VALUE};
    Rows.each(
        handle.createQuery(HOURS_THERE),
        results -> {
          Row row = new Row(results);
          if (!row.isNull("first")) {
            there[0] = row.smallNumber("first");
            there[1] = row.smallNumber("last");
          }
        });
    return there;
  }

  private Recorded recorded(Row row, boolean ofHour) throws SQLException {
    return new Recorded(
        row.parsed("key_id", KeyId::parse),
        demand(row),
        ofHour,
        row.smallNumber("slot"),
        time(row.smallNumber("first_minute")),
        time(row.smallNumber("last_minute")),
        row.number("allowed"),
        row.number("denied"));
  }

  private Demand demand(Row row) throws SQLException {
    long number = row.number("demand");
    Demand demand = demands.get(number);
    if (demand == null) {
      demand = UsageDemands.read(row);
      demands.put(number, demand);
    }
    return demand;
  }

  private static Instant time(int minute) {
    return Instant.ofEpochSecond(minute * 60L);
  }

  /**
   * Until when something is lost, of every key and of some.
   *
   * @param begun when the ledger began
   * @param gapsEnd where the last gap ends that begins before the end of the window
   * @param cuts until when it was forgotten what a key did
   */
  private record Lost(long begun, long gapsEnd, Map<KeyId, Long> cuts) {
    boolean isWithin(KeyId key, Window window) {
      long from = window.from().toEpochMilli();
      return begun > from
          || gapsEnd > window.fromHour() * HOUR_MILLIS
          || cuts.getOrDefault(key, Long.MIN_VALUE) > from;
    }
  }

  private Lost lost(Collection<KeyId> keys, Window window) {
    Map<KeyId, Long> cuts = new HashMap<>();
    Rows.each(
        handle.createQuery(CUTS).bindList("keys", texts(keys)),
        results -> {
          Row row = new Row(results);
          cuts.put(row.parsed("key_id", KeyId::parse), row.number("cut_before"));
        });
    return new Lost(
        latest(handle.createQuery(BEGUN)),
        latest(handle.createQuery(GAPS_END).bind("until", window.untilHour() * HOUR_MILLIS)),
        cuts);
  }

  private static long latest(Query query) {
    return query.mapTo(Long.class).findOne().orElse(Long.MIN_VALUE);
  }

  private static long count(Query query) {
    return query.mapTo(Long.class).one();
  }

  List<Tally> tallies(KeyId key, Instant from, Instant until) {
    Map<Instant, Tally> tallies = new TreeMap<>();
    List<Recorded> all = new ArrayList<>();
    recorded(List.of(key), new Window(from, until), all::add);
    for (Recorded recorded : all) {
      Instant start =
          Instant.ofEpochMilli(recorded.slot() * (recorded.ofHour() ? HOUR_MILLIS : DAY_MILLIS));
      Duration length = recorded.ofHour() ? Duration.ofHours(1) : Duration.ofDays(1);
      tallies.merge(
          start,
          new Tally(start, length, recorded.allowed(), recorded.denied()),
          (one, other) ->
              new Tally(
                  start,
                  one.length().compareTo(other.length()) > 0 ? one.length() : other.length(),
                  one.allowed() + other.allowed(),
                  one.denied() + other.denied()));
    }
    return List.copyOf(tallies.values());
  }

  Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
    Map<KeyId, LastUse> last = new HashMap<>();
    for (List<KeyId> part : parts(keys)) {
      Rows.each(
          handle.createQuery(SECRETS).bindList("keys", texts(part)),
          results -> {
            Row row = new Row(results);
            last.merge(
                row.parsed("key_id", KeyId::parse),
                lastUse(row),
                (one, other) -> one.at().isAfter(other.at()) ? one : other);
          });
    }
    return last;
  }

  Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
    Map<Integer, LastUse> last = new TreeMap<>();
    Rows.each(
        handle.createQuery(SECRETS).bindList("keys", List.of(key.text())),
        results -> {
          Row row = new Row(results);
          last.put(row.smallNumber("secret"), lastUse(row));
        });
    return last;
  }

  private static LastUse lastUse(Row row) throws SQLException {
    return new LastUse(
        time(row.smallNumber("used_minute")),
        Optional.ofNullable(row.textOrNull("source")),
        Optional.ofNullable(row.textOrNull("user_agent")));
  }

  Set<OrganizationId> organizations() {
    Set<OrganizationId> all = new LinkedHashSet<>();
    Rows.each(
        handle.createQuery(ORGANIZATIONS),
        results -> all.add(new Row(results).parsed("organization_id", OrganizationId::parse)));
    return all;
  }

  boolean hasBefore(OrganizationId organization, long day) {
    return count(
            handle
                .createQuery(HAS_BEFORE)
                .bind("organization", organization.text())
                .bind("day", day)
                .bind("hour", day * 24)
                .bind("minute", day * 24 * 60))
        > 0;
  }

  Map<DenialReason, Long> denials(OrganizationId organization, LocalDate day) {
    Map<DenialReason, Long> denials = new EnumMap<>(DenialReason.class);
    Rows.each(
        handle
            .createQuery(DENIALS)
            .bind("organization", organization.text())
            .bind("day", day.toEpochDay()),
        results -> {
          Row row = new Row(results);
          denials.put(row.parsed("reason", DenialReason::of), row.number("denied"));
        });
    return denials;
  }
}
