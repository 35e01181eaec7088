package io.bitting.review;

import io.bitting.fixtures.MutableClock;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes the product's own types out of plain ones. */
final class Reviews {
  static final ApiId APPSEC = new ApiId("appsec");
  static final KeyId KEY = KeyId.parse("4fT9xQ2mZp7B").orElseThrow();

  static final List<AccessLevel> LEVELS =
      List.of(AccessLevel.READ, AccessLevel.WRITE, AccessLevel.DANGER);

  private Reviews() {}

  static Catalog catalog(PlainReview plain) {
    List<CatalogEntry> entries = new ArrayList<>();
    plain.scopes.forEach((name, scope) ->
        entries.add(
            scope.included()
                ? CatalogEntry.including(
                    BuiltInScope.of(new Scope(name)).orElseThrow(), "Organization")
                : new CatalogEntry(
                    new Scope(name),
                    "Own",
                    LEVELS.get(scope.level()),
                    "Permits " + name + ".",
                    false,
                    new TreeSet<>(scopes(scope.implies())),
                    scope.retired())));
    return Catalog.of(APPSEC, 1, entries);
  }

  static Grant grant(PlainReview plain) {
    return plain.all ? Grant.of(APPSEC, GrantedScopes.all()) : grant(plain.named);
  }

  static Grant grant(Collection<String> names) {
    return Grant.of(APPSEC, GrantedScopes.specific(scopes(names)));
  }

  static Set<String> names(Grant grant) {
    return new TreeSet<>(grant.scopes().named().stream().map(Scope::text).toList());
  }

  static List<Scope> scopes(Collection<String> names) {
    return names.stream().map(Scope::new).toList();
  }

  static ApiId api(PlainReview.PlainCall call) {
    return call.called() == PlainReview.Called.BITTING ? ApiId.BITTING : APPSEC;
  }

  static Requirement requirement(PlainReview.PlainCall call) {
    return call.alternatives().isEmpty()
        ? new Requirement.AnyValidKey()
        : new Requirement.Scopes(
            call.alternatives().stream().map(all -> new TreeSet<>(scopes(all))).toList());
  }

  static Use use(Requirement requirement, long allowed, long denied) {
    return use(APPSEC, requirement, allowed, denied);
  }

  static Use use(ApiId api, Requirement requirement, long allowed, long denied) {
    return new Use(
        api,
        requirement,
        Optional.of("GET /" + requirement.hashCode()),
        MutableClock.START,
        MutableClock.START,
        allowed,
        denied);
  }

  static KeyUse recorded(Use... uses) {
    return recorded(List.of(uses), true);
  }

  static KeyUse recorded(List<Use> uses, boolean complete) {
    Optional<LastUse> last =
        uses.isEmpty()
            ? Optional.empty()
            : Optional.of(new LastUse(MutableClock.START, Optional.empty(), Optional.empty()));
    return new KeyUse(KEY, uses, last, complete);
  }
}
