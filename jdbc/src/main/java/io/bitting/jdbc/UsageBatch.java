package io.bitting.jdbc;

import io.bitting.access.DenialReason;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.usage.Counted;
import io.bitting.usage.Demand;
import io.bitting.usage.Harvest;
import io.bitting.usage.Origin;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A batch of counts on its way into the tables: put together by row, in the order of the tables'
 * keys, and added to what is there. By plain JDBC, since there may be thousands a second.
 */
final class UsageBatch {
  private static final int MINUTES_OF_HOUR = 60;
  private static final int MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;

  private static final String ADD_HOUR =
      """
      INSERT INTO usage_hours (hour, key_id, demand, first_minute, last_minute, allowed, denied)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (hour, key_id, demand) DO UPDATE SET
        first_minute = CASE WHEN excluded.first_minute < usage_hours.first_minute
          THEN excluded.first_minute ELSE usage_hours.first_minute END,
        last_minute = CASE WHEN excluded.last_minute > usage_hours.last_minute
          THEN excluded.last_minute ELSE usage_hours.last_minute END,
        allowed = usage_hours.allowed + excluded.allowed,
        denied = usage_hours.denied + excluded.denied
      """;

  /**
   * What is older than what is there changes nothing: nodes tell at different times. Of one minute,
   * what says where it came from counts more.
   */
  private static final String PUT_SECRET =
      """
      INSERT INTO usage_secrets (key_id, secret, organization_id, used_minute, source, user_agent)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (key_id, secret) DO UPDATE SET
        used_minute = excluded.used_minute, source = excluded.source, user_agent = excluded.user_agent
      WHERE excluded.used_minute IS NOT NULL
        AND (usage_secrets.used_minute IS NULL
          OR usage_secrets.used_minute < excluded.used_minute
          OR (usage_secrets.used_minute = excluded.used_minute
            AND (excluded.source IS NOT NULL OR excluded.user_agent IS NOT NULL)
            AND (excluded.source IS DISTINCT FROM usage_secrets.source
              OR excluded.user_agent IS DISTINCT FROM usage_secrets.user_agent)))
      """;

  private static final String ADD_DENIALS =
      """
      INSERT INTO usage_denials (organization_id, day, reason, denied) VALUES (?, ?, ?, ?)
      ON CONFLICT (organization_id, day, reason) DO UPDATE SET denied = usage_denials.denied + excluded.denied
      """;

  private static final String ADD_GAP =
      """
      INSERT INTO usage_gaps (gap_from, gap_until, lost) VALUES (:from, :until, :lost)
      ON CONFLICT (gap_from, gap_until) DO UPDATE SET lost = usage_gaps.lost + excluded.lost
      """;

  private final List<HourRow> hours = new ArrayList<>();
  private final List<SecretRow> secrets = new ArrayList<>();
  private final TreeMap<DenialRow, Long> denials = new TreeMap<>();

  private final List<WrittenUses.LastUse> written = new ArrayList<>();

  /** Demands that were numbered here for the first time. */
  private final Map<Demand, Long> numbered = new HashMap<>();

  private long lost;
  private Instant lostFrom = Instant.MAX;
  private Instant lostUntil = Instant.MIN;

  /** What becomes a row. Rows come all but in order already. */
  private record HourRow(
      int hour, KeyId key, long demand, int first, int last, long allowed, long denied)
      implements Comparable<HourRow> {
    @Override
    public int compareTo(HourRow other) {
      int byHour = Integer.compare(hour, other.hour);
      int byKey = byHour == 0 ? compare(key, other.key) : byHour;
      return byKey == 0 ? Long.compare(demand, other.demand) : byKey;
    }

    HourRow and(HourRow other) {
      return new HourRow(
          hour,
          key,
          demand,
          Math.min(first, other.first),
          Math.max(last, other.last),
          allowed + other.allowed,
          denied + other.denied);
    }
  }

  private record SecretRow(OrganizationId organization, WrittenUses.LastUse use)
      implements Comparable<SecretRow> {
    @Override
    public int compareTo(SecretRow other) {
      int byKey = compare(use.key(), other.use.key());
      return byKey == 0 ? Integer.compare(use.secret(), other.use.secret()) : byKey;
    }

    SecretRow and(SecretRow other) {
      Integer minute = use.minute();
      Integer otherMinute = other.use.minute();
      if (minute == null || otherMinute == null) {
        return minute == null ? other : this;
      }
      if (minute.equals(otherMinute)) {
        return other.use.origin().equals(Origin.UNKNOWN) ? this : other;
      }
      return minute > otherMinute ? this : other;
    }
  }

  /** Compares as the texts of the ids do. */
  private static int compare(KeyId one, KeyId other) {
    int byHigh = Long.compare(one.high(), other.high());
    return byHigh == 0 ? Integer.compare(one.low(), other.low()) : byHigh;
  }

  private record DenialRow(String organization, int day, DenialReason reason)
      implements Comparable<DenialRow> {
    @Override
    public int compareTo(DenialRow other) {
      int byOrganization = organization.compareTo(other.organization);
      int byDay = byOrganization == 0 ? Integer.compare(day, other.day) : byOrganization;
      return byDay == 0 ? reason.compareTo(other.reason) : byDay;
    }
  }

  /** Puts counts together. */
  @SuppressWarnings("ReferenceEquality")
  static UsageBatch of(Harvest harvest, Map<Demand, Long> known, UsageDemands demands) {
    UsageBatch batch = new UsageBatch();
    harvest.lost().ifPresent(lost -> batch.lose(lost.count(), lost.from(), lost.until()));
    @Nullable Demand last = null;
    long lastNumber = 0;
    for (Counted counted : harvest.counted()) {
      // The same object as before, most of the time.
      if (counted.demand() != last) {
        OptionalLong number = batch.number(counted.demand(), known, demands);
        if (number.isEmpty()) {
          batch.lose(counted.count(), counted.first(), counted.last());
          continue;
        }
        last = counted.demand();
        lastNumber = number.getAsLong();
      }
      batch.add(counted, lastNumber);
    }
    return batch;
  }

  private OptionalLong number(Demand demand, Map<Demand, Long> known, UsageDemands demands) {
    Long number = known.get(demand);
    if (number == null) {
      number = numbered.get(demand);
    }
    if (number != null) {
      return OptionalLong.of(number);
    }
    OptionalLong given = demands.number(demand);
    given.ifPresent(first -> numbered.put(demand, first));
    return given;
  }

  /** Returns the demands that were numbered here for the first time. */
  Map<Demand, Long> numbered() {
    return numbered;
  }

  /** Returns the last uses that were written. */
  List<WrittenUses.LastUse> written() {
    return written;
  }

  private void lose(long count, Instant from, Instant until) {
    lost += count;
    lostFrom = from.isBefore(lostFrom) ? from : lostFrom;
    lostUntil = until.isAfter(lostUntil) ? until : lostUntil;
  }

  private void add(Counted counted, long demand) {
    int first = minute(counted.first());
    int last = minute(counted.last());
    boolean allowed = counted.denial().isEmpty();
    hours.add(
        new HourRow(
            first / MINUTES_OF_HOUR,
            counted.key(),
            demand,
            first,
            last,
            allowed ? counted.count() : 0,
            allowed ? 0 : counted.count()));
    if (!allowed) {
      denials.merge(
          new DenialRow(
              counted.organization().text(), first / MINUTES_OF_DAY, counted.denial().get()),
          counted.count(),
          Long::sum);
    }
    secrets.add(
        new SecretRow(
            counted.organization(),
            new WrittenUses.LastUse(
                counted.key(), counted.secret(), counted.isUse() ? last : null, counted.origin())));
  }

  /** Sorts rows, and puts those of one place together. */
  private static <R extends Comparable<R>> List<R> inOrder(List<R> rows, BinaryOperator<R> and) {
    Collections.sort(rows);
    List<R> apart = new ArrayList<>(rows.size());
    for (R row : rows) {
      int last = apart.size() - 1;
      if (last >= 0 && apart.get(last).compareTo(row) == 0) {
        apart.set(last, and.apply(apart.get(last), row));
      } else {
        apart.add(row);
      }
    }
    return apart;
  }

  static int minute(Instant time) {
    return (int) (time.getEpochSecond() / 60);
  }

  /**
   * Adds everything to the tables.
   *
   * @param known which last uses are there
   */
  void write(Handle handle, WrittenUses known) {
    try {
      writeHours(handle);
      writeSecrets(handle, known);
      writeDenials(handle);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
    if (lost > 0) {
      addGap(handle, lostFrom, lostUntil.plusSeconds(60), lost);
    }
  }

  /** Marks a window. */
  static void addGap(Handle handle, Instant from, Instant until, long lost) {
    handle
        .createUpdate(ADD_GAP)
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("lost", lost)
        .execute();
  }

  private void writeHours(Handle handle) throws SQLException {
    if (hours.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(ADD_HOUR)) {
      for (HourRow row : inOrder(hours, HourRow::and)) {
        statement.setInt(1, row.hour());
        statement.setString(2, row.key().text());
        statement.setLong(3, row.demand());
        statement.setInt(4, row.first());
        statement.setInt(5, row.last());
        statement.setLong(6, row.allowed());
        statement.setLong(7, row.denied());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void writeSecrets(Handle handle, WrittenUses known) throws SQLException {
    if (secrets.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(PUT_SECRET)) {
      for (SecretRow row : inOrder(secrets, SecretRow::and)) {
        WrittenUses.LastUse use = row.use();
        if (known.has(use)) {
          continue;
        }
        statement.setString(1, use.key().text());
        statement.setInt(2, use.secret());
        statement.setString(3, row.organization().text());
        Integer minute = use.minute();
        if (minute == null) {
          statement.setNull(4, Types.INTEGER);
          setText(statement, 5, "");
          setText(statement, 6, "");
        } else {
          statement.setInt(4, minute);
          setText(statement, 5, use.origin().source());
          setText(statement, 6, use.origin().userAgent());
        }
        written.add(use);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void setText(PreparedStatement statement, int at, String text)
      throws SQLException {
    if (text.isEmpty()) {
      statement.setNull(at, Types.VARCHAR);
    } else {
      statement.setString(at, text);
    }
  }

  private void writeDenials(Handle handle) throws SQLException {
    if (denials.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = handle.getConnection().prepareStatement(ADD_DENIALS)) {
      for (Map.Entry<DenialRow, Long> row : denials.entrySet()) {
        statement.setString(1, row.getKey().organization());
        statement.setInt(2, row.getKey().day());
        statement.setString(3, row.getKey().reason().code());
        statement.setLong(4, row.getValue());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
