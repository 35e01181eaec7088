package io.bitting.access;

import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The scopes that count for one kind of check, ready to be asked. */
final class ScopeView implements Predicate<Scope> {
  private final Set<Scope> scopes;

  ScopeView(Collection<Scope> scopes) {
    this.scopes = new HashSet<>(scopes);
  }

  @Override
  public boolean test(Scope scope) {
    return scopes.contains(scope);
  }

  boolean isEmpty() {
    return scopes.isEmpty();
  }
}
