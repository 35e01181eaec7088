package io.bitting.scope;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Scopes of a catalog that are often wanted together, as a proposal for new keys. It grants
 * nothing: a key holds the scopes that its maker chose, and never the name of a template.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name what people call it, once in a catalog
 * @param description what keys of it are for
 * @param scopes the scopes, at least one
 */
public record Template(String name, String description, SortedSet<Scope> scopes) {
  /** Copies the set. */
  public Template {
    scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
  }
}
