package io.bitting.access;

import io.bitting.grant.Grant;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;

/**
 * A grant worked out against one version of its API's catalog. Made once for each grant and
 * catalog, so that a check sees a grant and a catalog that belong together.
 */
final class CompiledGrant {
  final Grant grant;

  /**
   * What the key may do on its own API; on Bitting's own without the scopes of the installation.
   */
  private final ScopeView tenant;

  /** The same for keys of the operator organization. */
  private final ScopeView operator;

  /** What the key may do on Bitting's own endpoints because its catalog includes these scopes. */
  private final ScopeView included;

  /** Whether Bitting's own endpoints know keys of this API at all. */
  final boolean includesAny;

  CompiledGrant(Grant grant, Catalog catalog) {
    this.grant = grant;
    SortedSet<Scope> covered = grant.scopes().covered(catalog);
    operator = new ScopeView(covered, catalog);
    Set<Scope> own = new HashSet<>(covered);
    Set<Scope> fromBitting = new HashSet<>();
    for (Scope scope : covered) {
      if (catalog.includes(scope)) {
        boolean installation =
            BuiltInScope.of(scope).orElseThrow().family() == BuiltInScope.Family.INSTALLATION;
        if (installation) {
          own.remove(scope);
        } else {
          fromBitting.add(scope);
        }
      }
    }
    tenant = new ScopeView(own, catalog);
    included = new ScopeView(fromBitting, catalog);
    includesAny = catalog.includesAny();
  }

  ScopeView onOwnApi(boolean ofOperator) {
    return ofOperator ? operator : tenant;
  }

  ScopeView onBitting() {
    return included;
  }
}
