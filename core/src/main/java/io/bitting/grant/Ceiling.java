package io.bitting.grant;

import io.bitting.id.ApiId;
import io.bitting.organization.Role;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The most that somebody may grant. A key's is its reach, if it holds {@code keys:issue}; a
 * member's follows from the role.
 *
 * <p><b>Security guarantees.</b> What {@link #covers} allows is within the ceiling as the catalogs
 * stand: <em>all scopes</em> of an API is covered by <em>all scopes</em> only, never by a list of
 * every scope there is. An API whose catalog is unknown is covered by nothing. Not given: a later
 * change of a catalog may widen what existing keys do; it names them and needs confirmation.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Ceiling {

  /** Grants nothing. */
  record Nothing() implements Ceiling {}

  /** Grants whatever the organization may hold. */
  record Everything() implements Ceiling {}

  /**
   * Grants what a reach says.
   *
   * @param reach the reach of a key
   */
  record Within(Reach.Limited reach) implements Ceiling {}

  /**
   * Grants a product's scopes up to an access level, and some built-in scopes.
   *
   * @param level the highest level of a product's own scopes
   * @param allScopes whether all scopes of a product may be granted
   * @param builtIn the built-in scopes that may be granted, in Bitting's own API or by inclusion
   */
  record UpTo(AccessLevel level, boolean allScopes, Set<BuiltInScope> builtIn) implements Ceiling {
    /** Copies the set. */
    public UpTo {
      builtIn = Set.copyOf(builtIn);
    }

    private boolean covers(GrantedScopes requested, Catalog catalog) {
      // All scopes of an API that includes built-in ones would hand those out too, today's and
      // tomorrow's.
      if (requested.isAll()) {
        return allScopes && !catalog.includesAny();
      }
      for (Scope scope : catalog.covered(requested.named())) {
        if (!catalog.entry(scope).filter(this::covers).isPresent()) {
          return false;
        }
      }
      return catalog.scopes().containsAll(requested.named());
    }

    private boolean covers(CatalogEntry entry) {
      if (entry.included()) {
        return BuiltInScope.of(entry.scope()).filter(builtIn::contains).isPresent();
      }
      return entry.access().compareTo(level) <= 0;
    }
  }

  /**
   * Returns what a key may grant.
   *
   * @param grant the grant of the key
   * @param mayIssue whether the key holds {@code keys:issue} as Bitting's own scope
   */
  static Ceiling of(Grant grant, boolean mayIssue) {
    if (!mayIssue) {
      return new Nothing();
    }
    return grant.reach() instanceof Reach.Limited limited ? new Within(limited) : new Everything();
  }

  /**
   * Returns what a member may grant.
   *
   * @param role the member's role
   */
  static Ceiling of(Role role) {
    return switch (role) {
      case OWNER -> new Everything();
      case ADMIN ->
          new UpTo(
              AccessLevel.DANGER,
              true,
              EnumSet.of(
                  BuiltInScope.ORG_READ,
                  BuiltInScope.MEMBERSHIPS_READ,
                  BuiltInScope.KEYS_READ,
                  BuiltInScope.KEYS_MANAGE,
                  BuiltInScope.AUDIT_READ));
      case MEMBER -> new UpTo(AccessLevel.WRITE, false, EnumSet.of(BuiltInScope.ORG_READ));
      case AUDITOR -> new Nothing();
    };
  }

  /**
   * Returns this ceiling without any scope by which the organization or the installation is
   * changed: for a member who has not proved lately who it is.
   */
  default Ceiling withoutAdministration() {
    if (this instanceof Everything) {
      return new UpTo(AccessLevel.DANGER, true, reading(EnumSet.allOf(BuiltInScope.class)));
    }
    if (this instanceof UpTo upTo) {
      return new UpTo(upTo.level(), upTo.allScopes(), reading(upTo.builtIn()));
    }
    return this;
  }

  private static Set<BuiltInScope> reading(Set<BuiltInScope> scopes) {
    return scopes.stream()
        .filter(scope -> scope.access() == AccessLevel.READ)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Tells whether a grant is within this ceiling, its reach included.
   *
   * @param requested the grant asked for
   * @param catalogs finds the catalog of an API
   */
  default boolean covers(Grant requested, Function<ApiId, Optional<Catalog>> catalogs) {
    if (!covers(requested.api(), requested.scopes(), catalogs)) {
      return false;
    }
    if (!(requested.reach() instanceof Reach.Limited reach)) {
      return this instanceof Everything;
    }
    for (Map.Entry<ApiId, GrantedScopes> issue : reach.issue().entrySet()) {
      if (!covers(issue.getKey(), issue.getValue(), catalogs)) {
        return false;
      }
    }
    return reach.verify().stream().allMatch(this::verifies);
  }

  /**
   * Tells whether scopes of an API are within this ceiling.
   *
   * @param api the API
   * @param requested the scopes asked for
   * @param catalogs finds the catalog of an API
   */
  default boolean covers(
      ApiId api, GrantedScopes requested, Function<ApiId, Optional<Catalog>> catalogs) {
    Optional<Catalog> catalog = catalogs.apply(api);
    if (catalog.isEmpty()) {
      return false;
    }
    if (this instanceof Everything) {
      return true;
    }
    if (this instanceof Within within) {
      GrantedScopes most = within.reach().issue().get(api);
      return most != null && most.covers(requested, catalog.get());
    }
    return this instanceof UpTo upTo && upTo.covers(requested, catalog.get());
  }

  /**
   * Tells whether whatever members of a role may grant is within this ceiling, with the catalogs of
   * today and tomorrow. So a reach, which names its APIs, covers those roles only that grant
   * nothing.
   *
   * @param role the role
   */
  default boolean covers(Role role) {
    Ceiling other = of(role);
    if (this instanceof Everything || other instanceof Nothing) {
      return true;
    }
    return this instanceof UpTo mine
        && other instanceof UpTo theirs
        && theirs.level().compareTo(mine.level()) <= 0
        && (mine.allScopes() || !theirs.allScopes())
        && mine.builtIn().containsAll(theirs.builtIn());
  }

  private boolean verifies(ApiId api) {
    return this instanceof Everything
        || (this instanceof Within within && within.reach().verifies(api));
  }
}
