package io.bitting.access;

import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scopes that count for one kind of check, ready to be asked. */
final class ScopeView implements Predicate<Scope> {
  private final Set<Scope> scopes;
  private volatile @Nullable String text;

  ScopeView(Collection<Scope> scopes) {
    this.scopes = new HashSet<>(scopes);
  }

  @Override
  public boolean test(Scope scope) {
    return scopes.contains(scope);
  }

  /** Returns them in order, with a blank between them; kept, since gateways want it each time. */
  String text() {
    String known = text;
    if (known == null) {
      known = scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
      text = known;
    }
    return known;
  }

  boolean isEmpty() {
    return scopes.isEmpty();
  }
}
