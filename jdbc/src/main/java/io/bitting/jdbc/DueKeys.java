package io.bitting.jdbc;

import io.bitting.id.KeyId;
import io.bitting.store.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds keys for which time alone makes something due. */
final class DueKeys {

  /** Only the newest secret counts: the one before ends in any case. */
  private static final String WARNING =
      """
      SELECT s.key_id FROM key_secrets s JOIN api_keys k ON k.id = s.key_id
      WHERE s.expires_at > :now AND s.expires_at <= :until AND s.expires_at - s.created_at > :length
        AND (s.warned_days IS NULL OR s.warned_days > :days) AND k.state = 'active' AND k.replaced_by IS NULL
        AND NOT EXISTS (SELECT 1 FROM key_secrets x WHERE x.key_id = s.key_id AND x.number > s.number)
        AND s.key_id > :after
      ORDER BY s.key_id LIMIT :limit
      """;

  private static final String END =
      "SELECT id FROM api_keys WHERE ends_at <= :now AND state <> 'revoked' AND id > :after ORDER BY id LIMIT :limit";

  private static final String QUIET =
      """
      SELECT s.key_id FROM key_secrets s JOIN api_keys k ON k.id = s.key_id
      WHERE s.quiet_hours IS NOT NULL AND s.expires_at > :now AND k.state <> 'revoked' AND s.key_id > :after
      ORDER BY s.key_id LIMIT :limit
      """;

  private final Handle handle;

  DueKeys(Handle handle) {
    this.handle = handle;
  }

  List<KeyId> find(Due due, Instant now, Optional<KeyId> after, int limit) {
    return query(due, now)
        .bind("now", now.toEpochMilli())
        .bind("after", after.map(KeyId::text).orElse(""))
        .bind("limit", limit)
        .mapTo(String.class)
        .list()
        .stream()
        .flatMap(id -> KeyId.parse(id).stream())
        .toList();
  }

  private Query query(Due due, Instant now) {
    if (due instanceof Due.Warning warning) {
      Duration before = warning.before();
      return handle
          .createQuery(WARNING)
          .bind("until", now.plus(before).toEpochMilli())
          .bind("length", before.toMillis())
          .bind("days", before.toDays());
    }
    return handle.createQuery(due instanceof Due.End ? END : QUIET);
  }
}
