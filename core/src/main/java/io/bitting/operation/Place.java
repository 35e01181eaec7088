package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A search costs what it must fetch from memory, since the tree of a large API does not fit a
 * processor's nearest cache. So a place tells by itself that a literal leads nowhere, has each of
 * its tables as one array, and shares with other places what recurs: literals, the shapes of mixed
 * segments, methods.
 */

/**
 * A place in the tree that all templates make: what the segments up to here lead to.
 *
 * <p>Immutable.
 */
final class Place {
  private static final Literal NO_LITERAL = new Literal("", "");

  private final Literal literal;
  private final int hash;
  private final @Nullable Place alike;
  private final int filter;
  private final @Nullable Place[] fixed;
  private final Shapes shapes;
  private final Place[] mixed;
  private final @Nullable Place parameter;
  private final String[] methods;
  private final @Nullable Operation[] operations;
  private final List<Operation> doubles;

  /** What recurs from place to place in a tree while it is made, each once. */
  private static final class Shared {
    private final Map<Literal, Literal> literals = new HashMap<>();
    private final Map<List<Mixed>, Shapes> shapes = new HashMap<>();
    private final Map<List<String>, String[]> methods = new HashMap<>();

    Literal literal(Literal literal) {
      return literals.computeIfAbsent(literal, first -> first);
    }

    Shapes shapes(Collection<Mixed> segments) {
      return shapes.computeIfAbsent(List.copyOf(segments), Shapes::of);
    }

    String[] methods(Collection<String> methods) {
      return this.methods.computeIfAbsent(
          List.copyOf(methods), sorted -> sorted.toArray(String[]::new));
    }
  }

  private Place(Draft draft, Literal literal, @Nullable Place alike, Shared shared) {
    this.literal = literal;
    this.hash = Reading.of(literal.skeleton()).hash();
    this.alike = alike;
    this.filter =
        draft.fixed.keySet().stream()
            .mapToInt(next -> bit(Reading.of(next.skeleton()).hash()))
            .reduce(0, (some, more) -> some | more);
    this.fixed = table(draft.fixed, shared);
    this.shapes = shared.shapes(draft.mixed.keySet());
    this.mixed =
        draft.mixed.values().stream()
            .map(next -> new Place(next, NO_LITERAL, null, shared))
            .toArray(Place[]::new);
    this.parameter =
        draft.parameter == null ? null : new Place(draft.parameter, NO_LITERAL, null, shared);
    this.methods = shared.methods(draft.operations.keySet());
    this.operations =
        draft.operations.values().stream().flatMap(Arrays::stream).toArray(Operation[]::new);
    this.doubles = List.copyOf(draft.doubles);
  }

  /** Makes the tree of some operations and returns its root. */
  static Place root(Collection<Operation> operations) {
    Draft root = new Draft();
    operations.forEach(root::add);
    return new Place(root, NO_LITERAL, null, new Shared());
  }

  private static @Nullable Place[] table(Map<Literal, Draft> drafts, Shared shared) {
    @Nullable Place[] table = new Place[Math.max(2, 4 * Integer.highestOneBit(drafts.size()))];
    drafts.forEach((literal, draft) -> {
      int slot = slot(Reading.of(literal.skeleton()).hash(), table.length);
      table[slot] = new Place(draft, shared.literal(literal), table[slot], shared);
    });
    return table;
  }

  /** Of a hash the upper bits count, since all of a text has gone into them. */
  private static int slot(int hash, int length) {
    return hash >>> (Integer.numberOfLeadingZeros(length) + 1);
  }

  private static int bit(int hash) {
    return 1 << (hash >>> (Integer.SIZE - 5));
  }

  /** Returns the first place to which a literal with the skeleton of a reading may lead. */
  @Nullable Place fixed(Reading reading) {
    return filter == 0 || (filter & bit(reading.hash())) == 0
        ? null
        : fixed[slot(reading.hash(), fixed.length)];
  }

  /** Returns the next such place. */
  @Nullable Place alike() {
    return alike;
  }

  /** Tells whether the skeleton of the literal that leads here has a hash. */
  boolean hasHash(int hash) {
    return this.hash == hash;
  }

  /** Tells whether the literal that leads here has a reading for its skeleton. */
  boolean isNamedLike(Reading reading) {
    return reading.is(literal.skeleton());
  }

  /** Tells whether the literal that leads here is a text exactly. */
  boolean isNamed(Reading text) {
    return text.is(literal.text());
  }

  /** Returns the mixed segments that lead on. */
  Shapes shapes() {
    return shapes;
  }

  /** Returns where a mixed segment leads. */
  Place mixed(Shapes.Shape shape) {
    return mixed[shape.number()];
  }

  /** Returns where a parameter leads. */
  @Nullable Place parameter() {
    return parameter;
  }

  /** Tells whether something else than a parameter leads on from here. */
  boolean hasFixedParts() {
    return filter != 0 || !shapes.isEmpty();
  }

  /**
   * Returns the number of a method here, by which {@link #operation} is asked.
   *
   * @return a negative one if no operation has the method and ends here
   */
  int number(String method) {
    return methods.length == 0 ? -1 : Arrays.binarySearch(methods, method);
  }

  /** Returns the operation of a method whose path ends here, with or without a slash. */
  @Nullable Operation operation(int method, boolean slash) {
    return operations[2 * method + (slash ? 1 : 0)];
  }

  /** Returns what else ends here: operations of a method and a shape that another one has too. */
  List<Operation> doubles() {
    return doubles;
  }
}
