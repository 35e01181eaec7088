package io.bitting.jdbc;

import io.bitting.grant.GrantId;
import io.bitting.id.DisplayName;
import io.bitting.id.OrganizationId;
import io.bitting.store.KeyFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The queries for lists of keys, put together from fixed conditions; every value is bound. */
final class KeyPage {

  /** The newest secret is the one that counts: when it expires, the key expires. */
  private static final String EXPIRY =
      "(SELECT x.expires_at FROM key_secrets x WHERE x.key_id = p.id ORDER BY x.number DESC LIMIT 1)";

  /** A key whose overlap is over is as good as revoked, before somebody has written it. */
  private static final String NOT_ENDED = " AND (p.ends_at IS NULL OR p.ends_at > :now)";

  private static final String ACTIVE =
      "p.state = 'active' AND (" + EXPIRY + " IS NULL OR " + EXPIRY + " > :now)" + NOT_ENDED;
  private static final String EXPIRED = "p.state = 'active' AND " + EXPIRY + " <= :now" + NOT_ENDED;
  private static final String DISABLED = "p.state = 'disabled'" + NOT_ENDED;
  private static final String REVOKED = "(p.state = 'revoked' OR p.ends_at <= :now)";
  private static final String OF_API = "p.api = :api";
  private static final String OF_MAKER = "p.created_by = :createdBy";
  private static final String EXPIRES_BEFORE =
      "p.state <> 'revoked' AND " + EXPIRY + " < :expiresBefore";

  private static final String OF_SCOPE =
      "EXISTS (SELECT 1 FROM grant_scopes x WHERE x.grant_id = p.grant_id AND x.scope = :scope)";

  private static final String OF_ALL_SCOPES =
      "EXISTS (SELECT 1 FROM grants x WHERE x.id = p.grant_id AND x.all_scopes = :allScopes)";

  /** The text was folded like the columns; ids are ASCII, which each database folds alike. */
  private static final String OF_TEXT =
      "(p.name_folded LIKE :part ESCAPE '!' OR p.purpose_folded LIKE :part ESCAPE '!' OR lower(p.id) LIKE :part ESCAPE '!')";

  private static final String AFTER = "(p.created_at, p.id) < (:afterCreatedAt, :afterId)";

  private static final String UNTIL = "(p.created_at, p.id) >= (:untilCreatedAt, :untilId)";

  private static final String NEWEST_FIRST = "p.created_at DESC, p.id DESC";
  private static final String BY_ORGANIZATION = "p.organization_id, p.name_folded, p.id";

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();

  private KeyPage() {}

  /** Lists keys of an organization, the newest first. */
  static Query query(
      Handle handle,
      OrganizationId organization,
      KeyFilter filter,
      Optional<KeyFilter.After> after,
      int limit) {
    KeyPage page = new KeyPage();
    page.where("p.organization_id = :organization", "organization", organization.text());
    filter.state().ifPresent(state -> page.inState(state, filter.now().toEpochMilli()));
    filter.api().ifPresent(api -> page.where(OF_API, "api", api.text()));
    filter.scope().ifPresent(scope -> page.where(OF_SCOPE, "scope", scope.text()));
    filter.createdBy().ifPresent(maker -> page.where(OF_MAKER, "createdBy", maker));
    filter.allScopes().ifPresent(all -> page.where(OF_ALL_SCOPES, "allScopes", Rows.flag(all)));
    filter
        .expiresBefore()
        .ifPresent(time -> page.where(EXPIRES_BEFORE, "expiresBefore", time.toEpochMilli()));
    filter
        .text()
        .ifPresent(
            text -> page.where(OF_TEXT, "part", "%" + escaped(DisplayName.folded(text)) + "%"));
    page.after(after);
    filter
        .until()
        .ifPresent(place -> {
          page.where(UNTIL, "untilCreatedAt", place.createdAt().toEpochMilli());
          page.values.put("untilId", place.id().text());
        });
    return page.build(handle, NEWEST_FIRST, limit);
  }

  /** Finds a place by the index alone. */
  static Query place(
      Handle handle, OrganizationId organization, Optional<KeyFilter.After> after, int count) {
    KeyPage page = new KeyPage();
    page.where("p.organization_id = :organization", "organization", organization.text());
    page.after(after);
    String sql =
        "SELECT p.created_at, p.id FROM api_keys p WHERE "
            + String.join(" AND ", page.conditions)
            + " ORDER BY "
            + NEWEST_FIRST
            + " LIMIT 1 OFFSET :offset";
    return handle.createQuery(sql).bindMap(page.values).bind("offset", count - 1);
  }

  private void after(Optional<KeyFilter.After> after) {
    after.ifPresent(place -> {
      where(AFTER, "afterCreatedAt", place.createdAt().toEpochMilli());
      values.put("afterId", place.id().text());
    });
  }

  /** Lists keys with certain grants that are not revoked, by organization and name. */
  static Query query(Handle handle, Collection<GrantId> grants, int limit) {
    KeyPage page = new KeyPage();
    page.conditions.add("p.grant_id IN (<grants>) AND p.state <> 'revoked'");
    return page.build(handle, BY_ORGANIZATION, limit)
        .bindList("grants", grants.stream().map(GrantId::text).toList());
  }

  private void inState(KeyFilter.ShownState state, long now) {
    switch (state) {
      case ACTIVE -> where(ACTIVE, "now", now);
      case EXPIRED -> where(EXPIRED, "now", now);
      case DISABLED -> where(DISABLED, "now", now);
      case REVOKED -> where(REVOKED, "now", now);
    }
  }

  private void where(String condition, String name, Object value) {
    conditions.add(condition);
    values.put(name, value);
  }

  /** The page is cut before the secrets are joined, or it would be cut in the middle of a key. */
  private Query build(Handle handle, String order, int limit) {
    String page =
        "(SELECT p.* FROM api_keys p WHERE "
            + String.join(" AND ", conditions)
            + " ORDER BY "
            + order
            + " LIMIT :limit)";
    String sql =
        KeyRows.select(page, "") + " ORDER BY " + order.replace("p.", "k.") + ", s.number DESC";
    return handle.createQuery(sql).bindMap(values).bind("limit", limit);
  }

  /** Escapes what LIKE takes for more than itself, with ESCAPE '!'. */
  static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }
}
