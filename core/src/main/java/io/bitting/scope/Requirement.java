package io.bitting.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What an operation asks of a key. There is no empty requirement: an operation that asks for
 * nothing says so by {@link AnyValidKey} or {@link Anonymous}.
 *
 * <p>Immutable and thread-safe. To be made once for each operation, not for each check.
 */
public sealed interface Requirement {

  /** One of several alternatives, each a set of scopes that are needed together. */
  final class Scopes implements Requirement {
    private final List<SortedSet<Scope>> alternatives;

    /** The same once more, since walking an array makes no garbage. */
    private final Scope[][] walked;

    /** Zero until it is asked for. */
    private int hash;

    /**
     * Copies and checks.
     *
     * @param alternatives at least one, none of them empty
     * @throws IllegalArgumentException if there is no alternative, or an empty one: that would be
     *     <em>any valid key</em> by accident
     */
    public Scopes(List<? extends Set<Scope>> alternatives) {
      if (alternatives.isEmpty()) {
        throw new IllegalArgumentException(
            "a requirement needs at least one alternative; for none at all use AnyValidKey or Anonymous");
      }
      List<SortedSet<Scope>> copies = new ArrayList<>();
      for (Set<Scope> alternative : alternatives) {
        if (alternative.isEmpty()) {
          throw new IllegalArgumentException(
              "an alternative of a requirement is empty; name its scopes, or use AnyValidKey");
        }
        copies.add(Collections.unmodifiableSortedSet(new TreeSet<>(alternative)));
      }
      this.alternatives = List.copyOf(copies);
      this.walked = new Scope[copies.size()][];
      for (int i = 0; i < walked.length; i++) {
        walked[i] = copies.get(i).toArray(new Scope[0]);
      }
    }

    /** Returns the alternatives: at least one, none of them empty. */
    public List<SortedSet<Scope>> alternatives() {
      return alternatives;
    }

    /**
     * Tells whether all scopes of at least one alternative are held. Allocates nothing.
     *
     * @param held tells whether a scope is held
     */
    public boolean isMetBy(Predicate<? super Scope> held) {
      for (Scope[] alternative : walked) {
        if (allHeld(alternative, held)) {
          return true;
        }
      }
      return false;
    }

    private static boolean allHeld(Scope[] alternative, Predicate<? super Scope> held) {
      for (Scope scope : alternative) {
        if (!held.test(scope)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Scopes that && isSame(walked, that.walked));
    }

    private static boolean isSame(Scope[] some, Scope[] others) {
      if (some.length != others.length) {
        return false;
      }
      for (int i = 0; i < some.length; i++) {
        if (!some[i].equals(others[i])) {
          return false;
        }
      }
      return true;
    }

    private static boolean isSame(Scope[][] some, Scope[][] others) {
      if (some.length != others.length) {
        return false;
      }
      for (int i = 0; i < some.length; i++) {
        if (!isSame(some[i], others[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int known = hash;
      if (known == 0) {
        known = Arrays.deepHashCode(walked);
        hash = known;
      }
      return known;
    }

    @Override
    public String toString() {
      List<String> words = new ArrayList<>();
      for (SortedSet<Scope> alternative : alternatives) {
        words.add(String.join(" and ", alternative.stream().map(Scope::text).toList()));
      }
      return String.join(", or ", words);
    }
  }

  /** Any key that is valid for the API, whatever its scopes. */
  record AnyValidKey() implements Requirement {
    @Override
    public String toString() {
      return "any valid key";
    }
  }

  /** No key at all. */
  record Anonymous() implements Requirement {
    @Override
    public String toString() {
      return "no key";
    }
  }

  /**
   * Nobody has said what is asked, so it is refused to every key and to whoever has none. Not what
   * a check can be asked for: what it says is denied.
   */
  record Undeclared() implements Requirement {
    @Override
    public String toString() {
      return "nothing that was declared, so no key will do";
    }
  }

  /**
   * Asks for all of some scopes.
   *
   * @param scopes at least one, each following {@link Scope#RULE}
   * @throws IllegalArgumentException if there is none, or one is not well-formed
   */
  static Requirement allOf(String... scopes) {
    SortedSet<Scope> all = new TreeSet<>();
    for (String scope : scopes) {
      all.add(
          Scope.parse(scope)
              .orElseThrow(
                  () -> new IllegalArgumentException(Spelling.fault(scope).orElse(scope))));
    }
    return new Scopes(List.of(all));
  }

  /**
   * Asks for all of some scopes.
   *
   * @param scopes at least one
   * @throws IllegalArgumentException if there is none
   */
  static Requirement allOf(Scope... scopes) {
    return new Scopes(List.of(new TreeSet<>(Arrays.asList(scopes))));
  }
}
