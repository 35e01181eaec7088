package io.bitting.access;

import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Works out what a grant permits from rows, for management decisions and reviews, which never rest
 * on an index.
 *
 * <p>Thread-safe: stateless. Costs a walk over the catalog.
 */
public final class Powers {
  private Powers() {}

  /**
   * Returns the built-in scopes that count for a key: by being Bitting's own key, or by what its
   * API's catalog includes.
   *
   * @param grant the key's grant
   * @param catalog the catalog of the grant's API
   * @param organization the key's organization
   * @return tells whether a scope counts; nothing does if the catalog is of another API
   */
  public static Predicate<Scope> onBitting(
      Grant grant, Catalog catalog, Organization organization) {
    if (!catalog.api().equals(grant.api())) {
      return scope -> false;
    }
    CompiledGrant compiled = new CompiledGrant(grant, catalog);
    return grant.api().isBuiltIn()
        ? compiled.onOwnApi(organization.operator())
        : compiled.onBitting();
  }

  /**
   * Returns the scopes that count for a key on its own API, as a check would find them.
   *
   * @param grant the key's grant
   * @param catalog the catalog of the grant's API
   * @param organization the key's organization
   * @return tells whether a scope counts; nothing does if the catalog is of another API
   */
  public static Predicate<Scope> onOwnApi(Grant grant, Catalog catalog, Organization organization) {
    return catalog.api().equals(grant.api())
        ? new CompiledGrant(grant, catalog).onOwnApi(organization.operator())
        : scope -> false;
  }

  /**
   * Returns the built-in scopes that count for a member.
   *
   * @param role the member's role
   * @param organization the member's organization
   * @return tells whether a scope counts
   */
  public static Predicate<Scope> of(Role role, Organization organization) {
    Set<BuiltInScope> scopes = role.scopes(organization);
    return scope -> BuiltInScope.of(scope).filter(scopes::contains).isPresent();
  }
}
