package io.bitting.server.apis;

import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import java.util.List;
import java.util.TreeSet;

/**
 * Who may look at APIs and catalogs: those who run the installation, and whoever sees or creates
 * keys, which needs the names of scopes.
 */
final class ApiRequirement {
  static final Requirement LOOK =
      new Requirement.Scopes(
          List.of(
              new TreeSet<>(List.of(BuiltInScope.APIS_READ.scope())),
              new TreeSet<>(List.of(BuiltInScope.KEYS_READ.scope())),
              new TreeSet<>(List.of(BuiltInScope.KEYS_ISSUE.scope()))));
  static final Requirement CHANGE = Requirement.allOf("apis:manage");

  private ApiRequirement() {}
}
