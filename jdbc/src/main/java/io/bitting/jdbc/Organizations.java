package io.bitting.jdbc;

import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table of organizations, in one transaction. */
final class Organizations {
  private static final String KIND = "organization";

  private static final String BY_ID = "SELECT * FROM organizations WHERE id = :id";
  private static final String BY_SLUG = "SELECT * FROM organizations WHERE slug = :slug";

  /** At most one, by a unique index. */
  private static final String OPERATOR = "SELECT * FROM organizations WHERE operator = 1";

  private static final String PAGE =
      "SELECT * FROM organizations WHERE slug > :after ORDER BY slug LIMIT :limit";
  private static final String ALL = "SELECT * FROM organizations ORDER BY id";

  private static final String INSERT =
      """
      INSERT INTO organizations
        (id, slug, name, operator, suspended, all_scopes_allowed, created_at, revision, pepper_version, seal,
        key_lifetime_max_days, never_allowed, revoke_unused_after_days, usage_kept_days, audit_kept_days, dead_keys_kept_days,
        mfa_required_from)
      VALUES (:id, :slug, :name, :operator, :suspended, :allScopesAllowed, :createdAt, :revision, :pepperVersion, :seal,
        :keyLifetimeMaxDays, :neverAllowed, :revokeUnusedAfterDays, :usageKeptDays, :auditKeptDays, :deadKeysKeptDays,
        :mfaRequiredFrom)
      """;

  /**
   * What the seal covers and this leaves alone has to be what is stored, or the new seal would not
   * fit.
   */
  private static final String UPDATE =
      """
      UPDATE organizations
      SET slug = :slug, name = :name, operator = :operator, suspended = :suspended, all_scopes_allowed = :allScopesAllowed,
        key_lifetime_max_days = :keyLifetimeMaxDays, never_allowed = :neverAllowed,
        revoke_unused_after_days = :revokeUnusedAfterDays, usage_kept_days = :usageKeptDays,
        audit_kept_days = :auditKeptDays, dead_keys_kept_days = :deadKeysKeptDays, mfa_required_from = :mfaRequiredFrom,
        revision = :revision, pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND revision = :revision - 1 AND created_at = :createdAt
      """;

  private final Handle handle;
  private final Seals seals;
  private final Engine engine;

  Organizations(Handle handle, Seals seals, Engine engine) {
    this.handle = handle;
    this.seals = seals;
    this.engine = engine;
  }

  Optional<Sealed<Organization>> find(OrganizationId id) {
    return first(handle.createQuery(BY_ID).bind("id", id.text()));
  }

  Optional<Sealed<Organization>> lock(OrganizationId id) {
    return first(handle.createQuery(BY_ID + engine.forUpdate()).bind("id", id.text()));
  }

  Optional<Sealed<Organization>> find(Slug slug) {
    return first(handle.createQuery(BY_SLUG).bind("slug", slug.text()));
  }

  Optional<Sealed<Organization>> operator() {
    return first(handle.createQuery(OPERATOR));
  }

  List<Sealed<Organization>> page(Optional<Slug> after, int limit) {
    return Rows.list(into ->
        scan(
            handle
                .createQuery(PAGE)
                .bind("after", after.map(Slug::text).orElse(""))
                .bind("limit", limit),
            into));
  }

  void all(Consumer<Sealed<Organization>> into) {
    scan(handle.createQuery(ALL), into);
  }

  void insert(Organization organization) {
    bind(handle.createUpdate(INSERT), organization).execute();
  }

  void update(Organization organization) {
    if (bind(handle.createUpdate(UPDATE), organization).execute() != 1) {
      throw new StoreException(
          "organization "
              + organization.id()
              + " is not stored at revision "
              + (organization.revision() - 1)
              + ", so it was not updated");
    }
  }

  private Update bind(Update statement, Organization organization) {
    Policy policy = organization.policy();
    return seals.bind(
        statement
            .bind("id", organization.id().text())
            .bind("slug", organization.slug().text())
            .bind("name", organization.name())
            .bind("operator", Rows.flag(organization.operator()))
            .bind("suspended", Rows.flag(organization.suspended()))
            .bind("allScopesAllowed", Rows.flag(organization.allScopesAllowed()))
            .bind("keyLifetimeMaxDays", days(policy.keyLifetimeMax()))
            .bind("neverAllowed", Rows.flag(policy.neverAllowed()))
            .bind("revokeUnusedAfterDays", days(policy.revokeUnusedAfter()))
            .bind("usageKeptDays", policy.usageKept().toDays())
            .bind("auditKeptDays", days(policy.auditKept()))
            .bind("deadKeysKeptDays", days(policy.deadKeysKept()))
            .bind("mfaRequiredFrom", Rows.millis(organization.mfaRequiredFrom()))
            .bind("createdAt", organization.createdAt().toEpochMilli())
            .bind("revision", organization.revision()),
        organization.canonical());
  }

  private static @Nullable Long days(Optional<Duration> length) {
    return length.map(Duration::toDays).orElse(null);
  }

  private Optional<Sealed<Organization>> first(Query query) {
    return Rows.first(into -> scan(query, into));
  }

  private void scan(Query query, Consumer<Sealed<Organization>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private static Policy policy(Row row) throws SQLException {
    return new Policy(
        row.daysOrNone("key_lifetime_max_days"),
        row.flag("never_allowed"),
        row.daysOrNone("revoke_unused_after_days"),
        Duration.ofDays(row.number("usage_kept_days")),
        row.daysOrNone("audit_kept_days"),
        row.daysOrNone("dead_keys_kept_days"));
  }

  private Sealed<Organization> read(Row row) throws SQLException {
    Organization organization =
        new Organization(
            row.parsed("id", OrganizationId::parse),
            row.parsed("slug", Slug::parse),
            row.text("name"),
            row.flag("operator"),
            row.flag("suspended"),
            row.flag("all_scopes_allowed"),
            policy(row),
            row.timeOrNull("mfa_required_from"),
            row.time("created_at"),
            row.number("revision"));
    return seals.check(
        KIND, organization.id().text(), organization, row.seal(), organization.canonical());
  }
}
