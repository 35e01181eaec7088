package io.bitting.crash;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.EventId;
import io.bitting.seal.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds, read by plain SQL and not by the product, so that the product's reading
 * cannot hide what its writing lost.
 *
 * @param keys the keys by their ids
 * @param chains the events of each chain by number
 * @param heads where each chain says that it stands
 * @param catalogs the version of each API's catalog
 * @param catalogNumber the number in the description of {@link Editions#SCOPE}
 * @param keyChanges how many entries the sequence of changes has for each key
 * @param orphans rows whose parent is missing, by what they are; those without any left out
 * @param changeHead where the sequence of changes says that it stands
 * @param changeNumbers how many distinct numbers it has
 */
record Evidence(
    Map<String, StoredKey> keys,
    Map<AuditChain, List<AuditEvent>> chains,
    Map<AuditChain, AuditChain.Head> heads,
    Map<String, Long> catalogs,
    long catalogNumber,
    Map<String, Long> keyChanges,
    Map<String, Long> orphans,
    long changeHead,
    long changeNumbers) {

  /** Rows that nothing but a half-written transaction would leave. */
  private static final Map<String, String> ORPHANS =
      Map.ofEntries(
          Map.entry(
              "keys without a secret",
              "SELECT count(*) FROM api_keys k WHERE NOT EXISTS (SELECT 1 FROM key_secrets s WHERE s.key_id = k.id)"),
          Map.entry(
              "keys without a grant",
              "SELECT count(*) FROM api_keys k WHERE NOT EXISTS (SELECT 1 FROM grants g WHERE g.id = k.grant_id)"),
          Map.entry(
              "grants without a scope",
              "SELECT count(*) FROM grants g WHERE g.all_scopes = 0 AND NOT EXISTS (SELECT 1 FROM grant_scopes s WHERE s.grant_id = g.id)"),
          Map.entry(
              "scopes without a grant",
              "SELECT count(*) FROM grant_scopes s WHERE NOT EXISTS (SELECT 1 FROM grants g WHERE g.id = s.grant_id)"),
          Map.entry(
              "secrets without a key",
              "SELECT count(*) FROM key_secrets s WHERE NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.id = s.key_id)"),
          Map.entry(
              "changes without an event",
              "SELECT count(*) FROM audit_changes c WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.chain = c.chain AND e.number = c.number)"),
          Map.entry(
              "sources without an event",
              "SELECT count(*) FROM audit_personal p WHERE NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.chain = p.chain AND e.number = p.number)"),
          Map.entry(
              "first answers about no key",
              "SELECT count(*) FROM first_answers WHERE location LIKE '%/api-keys/%' AND substr(location, length(location) - 11) NOT IN (SELECT id FROM api_keys)"),
          Map.entry(
              "keys without a first answer",
              "SELECT count(*) FROM api_keys WHERE api = 'appsec' AND id NOT IN (SELECT substr(location, length(location) - 11) FROM first_answers WHERE location IS NOT NULL)"));

  /**
   * A key as it is stored.
   *
   * @param shape what can change of it
   * @param liveSecrets how many of its secrets had not ended when the newest was made
   */
  record StoredKey(String id, KnownKey.Shape shape, int liveSecrets) {}

  /** A secret that was accepted beside the newest when that was made ends later than that. */
  private static final String KEYS =
      """
      SELECT k.id, k.name, k.purpose, k.state, k.revision, coalesce(newest.number, 0),
        (SELECT count(*) FROM key_secrets s WHERE s.key_id = k.id AND s.number = newest.number - 1 AND s.expires_at > newest.created_at),
        (SELECT count(*) FROM key_secrets s WHERE s.key_id = k.id AND (s.expires_at IS NULL OR s.expires_at > newest.created_at))
      FROM api_keys k LEFT JOIN key_secrets newest ON newest.key_id = k.id
        AND newest.number = (SELECT max(m.number) FROM key_secrets m WHERE m.key_id = k.id)
      """;

  /** Reads everything in one transaction of the connection. */
  static Evidence read(Connection connection) throws SQLException {
    Map<String, StoredKey> keys = new TreeMap<>();
    each(
        connection,
        KEYS,
        row ->
            keys.put(
                row.getString(1),
                new StoredKey(
                    row.getString(1),
                    new KnownKey.Shape(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getInt(6),
                        row.getInt(7) > 0),
                    row.getInt(8))));
    Map<AuditChain, AuditChain.Head> heads = new LinkedHashMap<>();
    each(
        connection,
        "SELECT chain, number, hash FROM audit_heads ORDER BY chain",
        row ->
            heads.put(
                new AuditChain(row.getString(1)),
                new AuditChain.Head(row.getLong(2), Bytes.of(row.getBytes(3)))));
    Map<String, Long> orphans = new TreeMap<>();
    for (Map.Entry<String, String> orphan : ORPHANS.entrySet()) {
      long count = number(connection, orphan.getValue());
      if (count > 0) {
        orphans.put(orphan.getKey(), count);
      }
    }
    return new Evidence(
        keys,
        chains(connection),
        heads,
        numbers(connection, "SELECT api, version FROM catalogs"),
        catalogNumber(connection),
        numbers(
            connection,
            "SELECT entity_id, count(*) FROM changes WHERE entity = 'key' GROUP BY entity_id"),
        orphans,
        number(connection, "SELECT seq FROM change_head"),
        number(connection, "SELECT count(DISTINCT seq) FROM changes"));
  }

  private static Map<AuditChain, List<AuditEvent>> chains(Connection connection)
      throws SQLException {
    Map<String, List<AuditEvent.Change>> changes = new HashMap<>();
    each(
        connection,
        "SELECT chain, number, name, before_value, after_value FROM audit_changes ORDER BY chain, number, position",
        row ->
            changes
                .computeIfAbsent(
                    row.getString(1) + " " + row.getLong(2), first -> new ArrayList<>())
                .add(new AuditEvent.Change(row.getString(3), row.getString(4), row.getString(5))));
    Map<AuditChain, List<AuditEvent>> chains = new LinkedHashMap<>();
    each(
        connection,
        """
        SELECT e.chain, e.number, e.id, e.at, e.action, e.actor_kind, e.actor, e.target_kind, e.target, e.request_id,
          e.source_commitment, p.salt, p.value, e.previous_hash, e.hash
        FROM audit_events e LEFT JOIN audit_personal p ON p.chain = e.chain AND p.number = e.number
        ORDER BY e.chain, e.number
        """,
        row -> {
          AuditChain chain = new AuditChain(row.getString(1));
          List<AuditEvent.Change> own =
              changes.getOrDefault(row.getString(1) + " " + row.getLong(2), List.of());
          chains.computeIfAbsent(chain, first -> new ArrayList<>()).add(event(chain, row, own));
        });
    return chains;
  }

  private static AuditEvent event(AuditChain chain, ResultSet row, List<AuditEvent.Change> changes)
      throws SQLException {
    byte @Nullable [] commitment = row.getBytes(11);
    @Nullable String source = row.getString(13);
    return new AuditEvent(
        EventId.parse(row.getString(3)).orElseThrow(),
        chain,
        row.getLong(2),
        Instant.ofEpochMilli(row.getLong(4)),
        new AuditEvent.Act(
            row.getString(5),
            new Actor(Actor.Kind.of(row.getString(6)).orElseThrow(), row.getString(7)),
            new AuditEvent.Target(row.getString(8), row.getString(9)),
            Optional.ofNullable(row.getString(10)),
            changes),
        commitment == null ? null : Bytes.of(commitment),
        source == null ? null : new AuditEvent.Personal(Bytes.of(row.getBytes(12)), source),
        Bytes.of(row.getBytes(14)),
        Bytes.of(row.getBytes(15)));
  }

  private static long catalogNumber(Connection connection) throws SQLException {
    List<Long> found = new ArrayList<>();
    each(
        connection,
        "SELECT description FROM catalog_scopes WHERE api = '"
            + Writer.API
            + "' AND scope = '"
            + Editions.SCOPE
            + "'",
        row -> found.add(Editions.number(row.getString(1))));
    return found.isEmpty() ? -1 : found.get(0);
  }

  private static Map<String, Long> numbers(Connection connection, String sql) throws SQLException {
    Map<String, Long> numbers = new TreeMap<>();
    each(connection, sql, row -> numbers.put(row.getString(1), row.getLong(2)));
    return numbers;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    List<Long> found = new ArrayList<>();
    each(connection, sql, row -> found.add(row.getLong(1)));
    return found.get(0);
  }

  /** Takes one row. */
  @FunctionalInterface
  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Row row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet results = statement.executeQuery()) {
      while (results.next()) {
        row.take(results);
      }
    }
  }
}
