package io.bitting.issue;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Spelling;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes a grant of what a request asks for, and names every fault on the way. One use, one request.
 */
final class GrantReader {
  /** Comparing a name with a whole catalog is slow, and thousands of names can be wrong. */
  private static final int SUGGESTIONS_MAX = 20;

  private final Reader store;
  private final Organization organization;
  private final List<Fault> faults;
  private int suggestions;

  GrantReader(Reader store, Organization organization, List<Fault> faults) {
    this.store = store;
    this.organization = organization;
    this.faults = faults;
  }

  /**
   * Returns the grant, or nothing if a fault keeps it from being one. Faults that do not are added
   * all the same.
   */
  Optional<Grant> read(KeyRequest request) {
    Optional<Catalog> catalog = catalog(request.api(), "/api");
    Optional<GrantedScopes> scopes = scopes(request.scopes(), catalog, "");
    if (request.scopes() instanceof KeyRequest.AllScopes && !organization.allScopesAllowed()) {
      faults.add(
          new Fault(
              "/all_scopes",
              "all_scopes_forbidden",
              "organization \"" + organization.slug() + "\" does not allow keys of all scopes",
              "name the scopes that the key needs"));
    }
    if (catalog.isEmpty() || scopes.isEmpty()) {
      request
          .reach()
          .filter(asked -> !(asked instanceof KeyRequest.ReachingAsBefore))
          .ifPresent(this::reach);
      return Optional.empty();
    }
    Grant bare = Grant.of(catalog.get().api(), scopes.get());
    return reach(request.reach(), bare, catalog.get())
        .map(reach -> new Grant(bare.api(), bare.scopes(), reach));
  }

  private Optional<Catalog> catalog(String api, String pointer) {
    Optional<Catalog> catalog =
        ApiId.parse(api).flatMap(id -> store.catalog(id).flatMap(Sealed::intact));
    if (catalog.isEmpty()) {
      faults.add(unknownApi(api, pointer));
    }
    return catalog;
  }

  static Fault unknownApi(String api, String pointer) {
    return new Fault(
        pointer,
        "api_unknown",
        "there is no API \"" + Spelling.printable(api) + "\" with a catalog",
        "use the id of an API, as GET /v1/apis lists them");
  }

  private Optional<GrantedScopes> scopes(
      KeyRequest.Scopes asked, Optional<Catalog> catalog, String at) {
    if (!(asked instanceof KeyRequest.SomeScopes some)) {
      return Optional.of(GrantedScopes.all());
    }
    if (some.names().isEmpty()) {
      faults.add(
          new Fault(
              at + "/scopes",
              "grant_empty",
              "scopes is empty; a key that may do nothing is of no use",
              "name at least one scope, or ask for all_scopes"));
      return Optional.empty();
    }
    SortedSet<Scope> scopes = new TreeSet<>();
    int before = faults.size();
    for (int i = 0; i < some.names().size(); i++) {
      String pointer = at + "/scopes/" + i;
      Optional<Scope> scope = scope(some.names().get(i), catalog, pointer);
      if (scope.isPresent() && !scopes.add(scope.get())) {
        faults.add(
            new Fault(
                pointer,
                "scope_repeated",
                "scope \"" + scope.get() + "\" stands twice",
                "keep one of them"));
      }
    }
    return faults.size() > before || scopes.isEmpty()
        ? Optional.empty()
        : Optional.of(GrantedScopes.specific(scopes));
  }

  private Optional<Scope> scope(String name, Optional<Catalog> catalog, String pointer) {
    Optional<Scope> scope = Scope.parseToken(name);
    if (scope.isEmpty()) {
      faults.add(
          new Fault(
              pointer,
              "scope_malformed",
              Spelling.fault(name).orElseThrow(),
              suggestion(name, catalog)));
      return scope;
    }
    if (catalog.isEmpty()) {
      return scope;
    }
    Optional<CatalogEntry> entry = catalog.get().entry(scope.get());
    if (entry.isEmpty()) {
      faults.add(
          new Fault(
              pointer,
              "scope_unknown",
              "scope \""
                  + Spelling.printable(name)
                  + "\" is not in the catalog of "
                  + catalog.get().api(),
              suggestion(name, catalog)));
    } else if (entry.get().retired()) {
      faults.add(
          new Fault(
              pointer,
              "scope_retired",
              "scope \""
                  + name
                  + "\" of "
                  + catalog.get().api()
                  + " is retired, so new keys cannot have it",
              "take it out"));
    } else if (isInstallation(catalog.get(), scope.get()) && !organization.operator()) {
      faults.add(
          new Fault(
              pointer,
              "scope_of_installation",
              "scope \""
                  + name
                  + "\" belongs to the installation, and organization \""
                  + organization.slug()
                  + "\" does not operate it",
              "take it out; only keys of the operator organization can have it"));
    }
    return scope;
  }

  private static boolean isInstallation(Catalog catalog, Scope scope) {
    return catalog.includes(scope)
        && BuiltInScope.of(scope)
            .filter(s -> s.family() == BuiltInScope.Family.INSTALLATION)
            .isPresent();
  }

  private String suggestion(String name, Optional<Catalog> catalog) {
    return catalog
        .filter(known -> suggestions++ < SUGGESTIONS_MAX)
        .flatMap(known -> known.nearest(name))
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse("use a scope of the catalog, as GET /v1/apis/{api}/catalog lists them");
  }

  private Optional<Reach> reach(Optional<KeyRequest.Reaching> asked, Grant bare, Catalog catalog) {
    boolean issues = holds(bare, catalog, BuiltInScope.KEYS_ISSUE);
    boolean verifies = holds(bare, catalog, BuiltInScope.KEYS_VERIFY) && organization.operator();
    int before = faults.size();
    Optional<Reach> reach;
    if (asked.isPresent() && asked.get() instanceof KeyRequest.ReachingAsBefore taken) {
      reach = Optional.of(useful(taken.reach(), issues, verifies));
    } else if (asked.isPresent()) {
      reach = reach(asked.get());
      reach.ifPresent(given -> check(given, issues, verifies));
    } else {
      reach = Optional.of(issues ? Reach.issuing(bare.api(), bare.scopes()) : Reach.none());
      if (verifies && !bare.scopes().isAll()) {
        faults.add(
            new Fault(
                "/reach",
                "reach_missing",
                "scope \"keys:verify\" is asked for without a reach; the key could verify tokens of no API",
                "name the APIs, as {\"verify\": [\"appsec\"]}"));
      }
    }
    return faults.size() > before ? Optional.empty() : reach;
  }

  /** Leaves out what a key without the scope has no use for. */
  private static Reach useful(Reach reach, boolean issues, boolean verifies) {
    if (!(reach instanceof Reach.Limited limited)) {
      return issues || verifies ? reach : Reach.none();
    }
    return new Reach.Limited(
        issues ? limited.issue() : new TreeMap<>(), verifies ? limited.verify() : new TreeSet<>());
  }

  private static boolean holds(Grant grant, Catalog catalog, BuiltInScope power) {
    return catalog.includes(power.scope())
        && grant.scopes().covered(catalog).contains(power.scope());
  }

  private void check(Reach reach, boolean issues, boolean verifies) {
    if (reach instanceof Reach.Limited limited) {
      if (!limited.issue().isEmpty() && !issues) {
        faults.add(useless("/reach/issue", "keys:issue"));
      }
      if (!limited.verify().isEmpty() && !verifies) {
        faults.add(useless("/reach/verify", "keys:verify"));
      }
    } else if (!issues && !verifies) {
      faults.add(useless("/reach", "keys:issue or keys:verify"));
    }
  }

  private static Fault useless(String pointer, String scope) {
    return new Fault(
        pointer,
        "reach_useless",
        "a reach has no use for a key without " + scope,
        "take the reach out, or ask for the scope too");
  }

  private Optional<Reach> reach(KeyRequest.Reaching asked) {
    if (!(asked instanceof KeyRequest.ReachingSome some)) {
      return Optional.of(Reach.everything());
    }
    int before = faults.size();
    SortedMap<ApiId, GrantedScopes> issue = new TreeMap<>();
    for (int i = 0; i < some.issue().size(); i++) {
      KeyRequest.IssueUpTo upTo = some.issue().get(i);
      String at = "/reach/issue/" + i;
      Optional<Catalog> catalog = catalog(upTo.api(), at + "/api");
      Optional<GrantedScopes> scopes = scopes(upTo.scopes(), catalog, at);
      if (catalog.isPresent()
          && scopes.isPresent()
          && issue.put(catalog.get().api(), scopes.get()) != null) {
        faults.add(
            new Fault(
                at + "/api",
                "api_repeated",
                "API \"" + upTo.api() + "\" stands twice in the reach",
                "keep one of them"));
      }
    }
    SortedSet<ApiId> verify = new TreeSet<>();
    List<String> names = new ArrayList<>(some.verify());
    for (int i = 0; i < names.size(); i++) {
      catalog(names.get(i), "/reach/verify/" + i).ifPresent(catalog -> verify.add(catalog.api()));
    }
    return faults.size() > before
        ? Optional.empty()
        : Optional.of(new Reach.Limited(issue, verify));
  }
}
