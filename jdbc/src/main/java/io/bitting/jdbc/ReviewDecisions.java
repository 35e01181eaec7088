package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Sealed;
import io.bitting.store.ReviewDecision;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of what reviews decided, in one transaction. */
final class ReviewDecisions {
  private static final String KIND = "review_decision";

  private static final String OF_KEY = "SELECT * FROM review_decisions WHERE key_id = :key";

  private static final String OF_KEYS = "SELECT * FROM review_decisions WHERE key_id IN (<keys>)";

  private static final String SINCE =
      """
      SELECT * FROM review_decisions WHERE organization_id = :organization AND decided_at >= :since
      ORDER BY decided_at DESC, key_id LIMIT :limit
      """;

  /** One row a key: a new decision takes the place of the one before. */
  private static final String PUT =
      """
      INSERT INTO review_decisions
        (key_id, organization_id, verdict, reason, ask_again_at, decided_at, decided_by_kind, decided_by,
        responsible, pepper_version, seal)
      VALUES (:key, :organization, :verdict, :reason, :askAgainAt, :decidedAt, :decidedByKind, :decidedBy,
        :responsible, :pepperVersion, :seal)
      ON CONFLICT (key_id) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
        ask_again_at = excluded.ask_again_at, decided_at = excluded.decided_at,
        decided_by_kind = excluded.decided_by_kind, decided_by = excluded.decided_by,
        responsible = excluded.responsible,
        pepper_version = excluded.pepper_version, seal = excluded.seal
      """;

  private static final String DELETE = "DELETE FROM review_decisions WHERE key_id = :key";

  private final Handle handle;
  private final Seals seals;

  ReviewDecisions(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<ReviewDecision>> find(KeyId key) {
    return Rows.first(into -> scan(handle.createQuery(OF_KEY).bind("key", key.text()), into));
  }

  List<Sealed<ReviewDecision>> of(Collection<KeyId> keys) {
    List<String> ids = keys.stream().map(KeyId::text).toList();
    return Rows.list(into -> scan(handle.createQuery(OF_KEYS).bindList("keys", ids), into));
  }

  List<Sealed<ReviewDecision>> since(OrganizationId organization, Instant since, int limit) {
    return Rows.list(into ->
        scan(
            handle
                .createQuery(SINCE)
                .bind("organization", organization.text())
                .bind("since", since.toEpochMilli())
                .bind("limit", limit),
            into));
  }

  void put(ReviewDecision decision) {
    seals
        .bind(handle.createUpdate(PUT), decision.canonical())
        .bind("key", decision.key().text())
        .bind("organization", decision.organization().text())
        .bind("verdict", decision.verdict().code())
        .bind("reason", decision.reason())
        .bind("askAgainAt", Rows.millis(decision.askAgainAt()))
        .bind("decidedAt", decision.decidedAt().toEpochMilli())
        .bind("decidedByKind", decision.decidedBy().kind().code())
        .bind("decidedBy", decision.decidedBy().id())
        .bind("responsible", responsible(decision))
        .execute();
  }

  private static @Nullable String responsible(ReviewDecision decision) {
    MemberId responsible = decision.responsible();
    return responsible == null ? null : responsible.text();
  }

  void remove(KeyId key) {
    handle.createUpdate(DELETE).bind("key", key.text()).execute();
  }

  private void scan(Query query, Consumer<Sealed<ReviewDecision>> into) {
    Rows.each(
        query, results -> seals.readable(KIND, "key_id", results, this::read).ifPresent(into));
  }

  private Sealed<ReviewDecision> read(Row row) throws SQLException {
    ReviewDecision decision =
        new ReviewDecision(
            row.parsed("key_id", KeyId::parse),
            row.parsed("organization_id", OrganizationId::parse),
            row.parsed("verdict", ReviewDecision.Verdict::of),
            row.text("reason"),
            row.timeOrNull("ask_again_at"),
            row.time("decided_at"),
            new Actor(row.parsed("decided_by_kind", Actor.Kind::of), row.text("decided_by")),
            row.parsedOrNull("responsible", MemberId::parse));
    return seals.check(KIND, decision.key().text(), decision, row.seal(), decision.canonical());
  }
}
