package io.bitting.samples.appsec;

import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Arrays;
import java.util.Set;

/** Requirements that have alternatives. */
final class Any {
  private Any() {}

  /** Asks for one of some scopes. */
  static Requirement of(String... scopes) {
    return new Requirement.Scopes(
        Arrays.stream(scopes).map(scope -> Set.of(new Scope(scope))).toList());
  }
}
