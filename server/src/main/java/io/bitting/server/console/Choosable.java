package io.bitting.server.console;

import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.grant.Ceiling;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which scopes of an API a visitor can choose for a key, and why not others. It decides what a form
 * offers; what a key is made with is decided by the endpoint.
 */
final class Choosable {
  private final Visitor visitor;
  private final Covered covered;
  private final Catalog catalog;
  private final Ceiling ceiling;
  private final Map<String, @Nullable String> whys = new HashMap<>();

  /**
   * Prepares to tell.
   *
   * @param visitor who chooses
   * @param covered the catalog
   */
  Choosable(Visitor visitor, Covered covered) {
    this.visitor = visitor;
    this.covered = covered;
    this.ceiling = Ceiling.of(visitor.member().role());
    this.catalog =
        Catalog.of(
            ApiId.parse(covered.catalog().api()).orElseThrow(),
            1,
            covered.catalog().scopes().stream().map(Choosable::entry).toList());
    for (CatalogAnswer.Entry entry : covered.catalog().scopes()) {
      whys.put(entry.scope(), why(entry));
    }
  }

  private static CatalogEntry entry(CatalogAnswer.Entry entry) {
    return new CatalogEntry(
        scope(entry.scope()),
        entry.category(),
        AccessLevel.of(entry.access()).orElseThrow(),
        entry.description(),
        entry.included(),
        new TreeSet<>(entry.implies().stream().map(Choosable::scope).toList()),
        entry.retired());
  }

  private static Scope scope(String name) {
    return Scope.parseToken(name).orElseThrow();
  }

  private @Nullable String why(CatalogAnswer.Entry entry) {
    Optional<BuiltInScope> builtIn =
        entry.included() ? BuiltInScope.of(scope(entry.scope())) : Optional.empty();
    boolean ofInstallation =
        builtIn.filter(scope -> scope.family() == BuiltInScope.Family.INSTALLATION).isPresent();
    if (entry.retired()) {
      return "retired, so that new keys cannot have it";
    }
    if (ofInstallation && !visitor.organization().operator()) {
      return "for keys of the organization that runs Bitting only";
    }
    if (!isCovered(GrantedScopes.specific(Set.of(scope(entry.scope()))))) {
      return "more than your role, " + visitor.member().role().code() + ", may give";
    }
    return null;
  }

  private boolean isCovered(GrantedScopes scopes) {
    return ceiling.covers(catalog.api(), scopes, api -> Optional.of(catalog));
  }

  String api() {
    return catalog.api().text();
  }

  List<CatalogAnswer.Template> templates() {
    return covered.catalog().templates();
  }

  List<CatalogAnswer.Entry> entries() {
    return covered.catalog().scopes();
  }

  Set<String> all() {
    return covered.all();
  }

  List<String> besides(String scope) {
    return covered.besides(scope);
  }

  boolean isKnown(String scope) {
    return whys.containsKey(scope);
  }

  /** Tells whether one of Bitting's own scopes is there and can be chosen. */
  boolean offers(BuiltInScope scope) {
    String name = scope.scope().text();
    return whys.containsKey(name) && whys.get(name) == null && catalog.includes(scope.scope());
  }

  /**
   * Says why a scope cannot be chosen, as the rest of a sentence that begins with it.
   *
   * @param scope a scope of the catalog
   * @return null if it can
   */
  @Nullable String whyNot(String scope) {
    return whys.get(scope);
  }

  /** Says why a key of all scopes cannot be made; nothing if it can. */
  String whyNotAll() {
    if (!visitor.organization().allScopesAllowed()) {
      return "forbidden by policy";
    }
    return isCovered(GrantedScopes.all())
        ? ""
        : "more than your role, " + visitor.member().role().code() + ", may give";
  }
}
