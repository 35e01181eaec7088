package io.bitting.jdbc;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The tables of grants, in one transaction. Each grant is read at most once and shared; its id,
 * computed anew from its rows, says whether they were altered.
 */
final class Grants {
  private static final String VERIFY = "verify";
  private static final String ISSUE = "issue";
  private static final String ISSUE_ALL = "issue_all";

  /* Three statements are of one moment here: a grant appears whole and never changes. */

  private static final String SELECT = "SELECT id, api, all_scopes, reaches_everything FROM grants";
  private static final String SELECT_SCOPES = "SELECT grant_id, scope FROM grant_scopes";
  private static final String SELECT_REACH = "SELECT grant_id, power, api, scope FROM grant_reach";
  private static final String OF_ID = " WHERE id IN (<ids>)";
  private static final String OF_GRANT = " WHERE grant_id IN (<ids>)";

  private static final String EXISTS = "SELECT count(*) FROM grants WHERE id = :id";

  /** Scopes and reach first: once the grant itself is there, triggers refuse them. */
  private static final String INSERT_SCOPE =
      "INSERT INTO grant_scopes (grant_id, scope) VALUES (:id, :scope)";

  private static final String INSERT_REACH =
      "INSERT INTO grant_reach (grant_id, power, api, scope) VALUES (:id, :power, :api, :scope)";

  private static final String INSERT =
      "INSERT INTO grants (id, api, all_scopes, reaches_everything) VALUES (:id, :api, :allScopes, :reachesEverything)";

  private final Handle handle;
  private final Seals seals;
  private final Engine engine;

  /** Empty where a grant is missing or unreadable. */
  private final Map<GrantId, Optional<Sealed<Grant>>> known = new HashMap<>();

  private boolean allRead;

  Grants(Handle handle, Seals seals, Engine engine) {
    this.handle = handle;
    this.seals = seals;
    this.engine = engine;
  }

  /**
   * Finds a grant; empty if it is missing, or if it is unreadable, which has raised the alarm.
   * Needs no statement once all were read, and may then be called from another thread.
   */
  Optional<Sealed<Grant>> find(GrantId id) {
    Optional<Sealed<Grant>> grant = known.get(id);
    if (grant == null && !allRead) {
      readSome(List.of(id));
      grant = known.get(id);
    }
    return grant == null ? Optional.empty() : grant;
  }

  /** Reads grants in three statements, those known already left out. */
  void readSome(Collection<GrantId> ids) {
    List<String> wanted =
        ids.stream().filter(id -> !known.containsKey(id)).map(GrantId::text).distinct().toList();
    if (wanted.isEmpty()) {
      return;
    }
    Map<String, Stored> stored =
        read(
            handle.createQuery(SELECT + OF_ID).bindList("ids", wanted),
            handle.createQuery(SELECT_SCOPES + OF_GRANT).bindList("ids", wanted),
            handle.createQuery(SELECT_REACH + OF_GRANT).bindList("ids", wanted));
    for (String id : wanted) {
      keep(id, stored.get(id));
    }
  }

  /** Reads every grant there is. */
  void readAll() {
    read(
            handle.createQuery(SELECT),
            handle.createQuery(SELECT_SCOPES),
            handle.createQuery(SELECT_REACH))
        .forEach(this::keep);
    allRead = true;
  }

  /** Adds a grant unless it is there. */
  void add(GrantId id, Grant grant) {
    // Two that add the same grant at once would get in each other's way; the second waits and then
    // finds it.
    engine.lockName(handle, Long.parseUnsignedLong(id.text().substring(0, 16), 16));
    if (handle.createQuery(EXISTS).bind("id", id.text()).mapTo(Long.class).one() > 0) {
      return;
    }
    PreparedBatch scopes = handle.prepareBatch(INSERT_SCOPE);
    grant
        .scopes()
        .named()
        .forEach(scope -> scopes.bind("id", id.text()).bind("scope", scope.text()).add());
    scopes.execute();
    if (grant.reach() instanceof Reach.Limited limited) {
      addReach(id, limited);
    }
    handle
        .createUpdate(INSERT)
        .bind("id", id.text())
        .bind("api", grant.api().text())
        .bind("allScopes", Rows.flag(grant.scopes().isAll()))
        .bind("reachesEverything", Rows.flag(grant.reach() instanceof Reach.Everything))
        .execute();
  }

  private void addReach(GrantId id, Reach.Limited reach) {
    PreparedBatch rows = handle.prepareBatch(INSERT_REACH);
    reach.verify().forEach(api -> addReach(rows, id, VERIFY, api, ""));
    reach
        .issue()
        .forEach((api, most) -> {
          if (most.isAll()) {
            addReach(rows, id, ISSUE_ALL, api, "");
          }
          most.named().forEach(scope -> addReach(rows, id, ISSUE, api, scope.text()));
        });
    rows.execute();
  }

  private static void addReach(
      PreparedBatch rows, GrantId id, String power, ApiId api, String scope) {
    rows.bind("id", id.text())
        .bind("power", power)
        .bind("api", api.text())
        .bind("scope", scope)
        .add();
  }

  private static Map<String, Stored> read(Query grants, Query scopes, Query reach) {
    Map<String, Stored> stored = new HashMap<>();
    Rows.each(
        grants,
        results -> stored.put(String.valueOf(results.getString("id")), new Stored(results)));
    Rows.each(scopes, results -> of(stored, results).addScope(results));
    Rows.each(reach, results -> of(stored, results).addReach(results));
    return stored;
  }

  private static Stored of(Map<String, Stored> stored, ResultSet results) throws SQLException {
    return stored.computeIfAbsent(
        String.valueOf(results.getString("grant_id")), id -> new Stored());
  }

  private void keep(String text, @Nullable Stored stored) {
    Optional<Sealed<Grant>> grant = Optional.empty();
    try {
      GrantId id = new GrantId(text);
      if (stored != null && stored.readable) {
        Grant built = stored.build();
        SealVerdict verdict = built.id().equals(id) ? SealVerdict.INTACT : SealVerdict.BROKEN;
        grant = Optional.of(seals.verdict("grant", text, built, verdict));
      }
      known.put(id, grant);
    } catch (IllegalArgumentException e) {
      // Not a grant any more, as below.
    }
    if (grant.isEmpty()) {
      seals.unreadable("grant", text);
    }
  }

  /** A grant on its way from rows to a whole. */
  private static final class Stored {
    private final SortedSet<Scope> scopes = new TreeSet<>();
    private final SortedSet<ApiId> verify = new TreeSet<>();
    private final SortedMap<ApiId, SortedSet<Scope>> issue = new TreeMap<>();
    private final SortedSet<ApiId> issueAll = new TreeSet<>();
    private String api = "";
    private boolean allScopes;
    private boolean reachesEverything;
    private boolean readable;

    /** Begins a grant of which only parts are there. */
    Stored() {}

    Stored(ResultSet results) throws SQLException {
      try {
        Row row = new Row(results);
        api = row.text("api");
        allScopes = row.flag("all_scopes");
        reachesEverything = row.flag("reaches_everything");
        readable = true;
      } catch (IllegalArgumentException e) {
        readable = false;
      }
    }

    void addScope(ResultSet results) throws SQLException {
      try {
        scopes.add(new Row(results).parsed("scope", Scope::parseToken));
      } catch (IllegalArgumentException e) {
        readable = false;
      }
    }

    void addReach(ResultSet results) throws SQLException {
      try {
        Row row = new Row(results);
        ApiId of = row.parsed("api", ApiId::parse);
        switch (row.text("power")) {
          case VERIFY -> verify.add(of);
          case ISSUE_ALL -> issueAll.add(of);
          case ISSUE ->
              issue
                  .computeIfAbsent(of, first -> new TreeSet<>())
                  .add(row.parsed("scope", Scope::parseToken));
          default -> readable = false;
        }
      } catch (IllegalArgumentException e) {
        readable = false;
      }
    }

    /** Puts the grant together; rows that contradict each other are none. */
    Grant build() {
      boolean limited = !verify.isEmpty() || !issue.isEmpty() || !issueAll.isEmpty();
      if ((allScopes && !scopes.isEmpty()) || (reachesEverything && limited)) {
        throw new IllegalArgumentException("the rows of a grant contradict each other");
      }
      GrantedScopes granted = allScopes ? GrantedScopes.all() : GrantedScopes.specific(scopes);
      return new Grant(new ApiId(api), granted, reachesEverything ? Reach.everything() : limited());
    }

    private Reach limited() {
      SortedMap<ApiId, GrantedScopes> most = new TreeMap<>();
      issue.forEach((of, named) -> most.put(of, GrantedScopes.specific(named)));
      for (ApiId of : issueAll) {
        if (most.put(of, GrantedScopes.all()) != null) {
          throw new IllegalArgumentException("the rows of a grant contradict each other");
        }
      }
      return new Reach.Limited(most, verify);
    }
  }
}
