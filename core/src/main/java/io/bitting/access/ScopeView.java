package io.bitting.access;

import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a catalog that count for one kind of check, ready to be asked. Kept as bits beside
 * the catalog's own numbers: of two that are asked about one after the other, hardly anything but
 * the bits differs, and one line of the processor's cache has them.
 */
final class ScopeView implements Predicate<Scope> {
  private static final long[] NO_MORE = {};

  private final Catalog catalog;

  /** The first 64 scopes of the catalog, which few have more than. */
  private final long first;

  private final long[] more;
  private volatile @Nullable String text;

  /** Takes scopes; what the catalog does not have counts for nothing. */
  ScopeView(Collection<Scope> scopes, Catalog catalog) {
    this.catalog = catalog;
    int words = (catalog.scopes().size() + Long.SIZE - 1) / Long.SIZE;
    long[] bits = new long[Math.max(words, 1)];
    for (Scope scope : scopes) {
      int number = catalog.numberOf(scope);
      if (number >= 0) {
        bits[number / Long.SIZE] |= 1L << number;
      }
    }
    this.first = bits[0];
    this.more = words > 1 ? Arrays.copyOfRange(bits, 1, words) : NO_MORE;
  }

  @Override
  public boolean test(Scope scope) {
    int number = catalog.numberOf(scope);
    if (number < 0) {
      return false;
    }
    long word = number < Long.SIZE ? first : more[number / Long.SIZE - 1];
    return (word >>> number & 1) != 0;
  }

  /** Returns them in order, with a blank between them; kept, since gateways want it each time. */
  String text() {
    String known = text;
    if (known == null) {
      known =
          catalog.scopes().stream()
              .filter(this)
              .sorted()
              .map(Scope::text)
              .collect(Collectors.joining(" "));
      text = known;
    }
    return known;
  }
}
