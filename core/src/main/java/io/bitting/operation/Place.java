package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * A search costs what it must fetch from memory, since the tree of a large API does not fit a
 * processor's nearest cache. So the maps are immutable ones, which lie in one array each, what is
 * the only one of its kind is no list, and texts that recur are one object.
 */

/**
 * A place in the tree that all templates make: what the segments up to here lead to.
 *
 * <p>Changed while the tree is built, by one thread, and never again.
 */
final class Place {
  /**
   * Up to how many forms of mixed segments are tried one by one: less work than to look them up.
   */
  private static final int FEW = 8;

  private final String text;
  private Map<String, Place> fixed = new HashMap<>();
  private @Nullable Place alike;
  private Map<Mixed, Place> mixed = new HashMap<>();
  private List<Shaped> shaped = new ArrayList<>(0);
  private List<Ends> ends = List.of();
  private @Nullable Place parameter;
  private Map<String, Operation> operations = new HashMap<>();
  private Map<String, Operation> slashed = new HashMap<>();
  private List<Operation> doubles = List.of();

  /** The next place, by a mixed segment, one of whose forms the parts are. */
  record Shaped(Mixed mixed, List<String> parts, Place next) {}

  /**
   * The mixed segments whose first parts have one length, and their last parts too: a look-up finds
   * those that fit a text at both its ends, however many there are.
   */
  record Ends(int first, int last, Map<String, List<Shaped>> shaped) {
    List<Shaped> of(String reading) {
      return first + last > reading.length()
          ? List.of()
          : shaped.getOrDefault(both(reading), List.of());
    }

    private String both(String reading) {
      String end = reading.substring(reading.length() - last);
      return first == 0 ? end : reading.substring(0, first).concat(end);
    }
  }

  private Place(String text) {
    this.text = text.intern();
  }

  /** Makes the tree of some operations and returns its root. */
  static Place root(Collection<Operation> operations) {
    Place root = new Place("");
    operations.forEach(root::add);
    root.settle();
    return root;
  }

  private void add(Operation operation) {
    Place place = this;
    for (Segment segment : operation.path().segments()) {
      place = place.next(segment);
    }
    Map<String, Operation> here = operation.path().isSlashed() ? place.slashed : place.operations;
    if (here.putIfAbsent(operation.method().intern(), operation) != null) {
      place.doubles = with(operation, place.doubles);
    }
  }

  private static <E> List<E> with(E element, List<E> list) {
    return Stream.concat(list.stream(), Stream.of(element)).toList();
  }

  private Place next(Segment segment) {
    if (segment instanceof Literal literal) {
      return next(literal);
    }
    if (segment instanceof Mixed written) {
      return mixed.computeIfAbsent(written, this::next);
    }
    if (parameter == null) {
      parameter = new Place("");
    }
    return parameter;
  }

  private Place next(Literal literal) {
    Place first = fixed.get(literal.skeleton());
    for (Place known = first; known != null; known = known.alike) {
      if (known.text.equals(literal.text())) {
        return known;
      }
    }
    Place added = new Place(literal.text());
    added.alike = first;
    fixed.put(literal.skeleton().intern(), added);
    return added;
  }

  private Place next(Mixed written) {
    Place next = new Place("");
    List<String> skeletons = written.parts().stream().map(Skeleton::of).toList();
    List<String> undecoded =
        written.parts().stream()
            .map(part -> PathTemplate.escaped(part).toLowerCase(Locale.ROOT))
            .toList();
    shaped.add(new Shaped(written, skeletons, next));
    if (!undecoded.equals(skeletons)) {
      shaped.add(new Shaped(written, undecoded, next));
    }
    return next;
  }

  private void order(Shaped shaped) {
    String first = shaped.parts().get(0);
    String last = shaped.parts().get(shaped.parts().size() - 1);
    ends(first.length(), last.length())
        .shaped()
        .computeIfAbsent((first + last).intern(), any -> new ArrayList<>(1))
        .add(shaped);
  }

  private Ends ends(int first, int last) {
    for (Ends known : ends) {
      if (known.first() == first && known.last() == last) {
        return known;
      }
    }
    Ends added = new Ends(first, last, new HashMap<>());
    ends = with(added, ends);
    return added;
  }

  private void settle() {
    fixed = Map.copyOf(fixed);
    mixed = Map.copyOf(mixed);
    if (shaped.size() > FEW) {
      shaped.forEach(this::order);
      shaped = List.of();
    }
    shaped = List.copyOf(shaped);
    operations = Map.copyOf(operations);
    slashed = Map.copyOf(slashed);
    for (Place first : fixed.values()) {
      for (Place next = first; next != null; next = next.alike) {
        next.settle();
      }
    }
    mixed.values().forEach(Place::settle);
    if (parameter != null) {
      parameter.settle();
    }
  }

  /** Returns the literal that leads here; empty if something else does. */
  String text() {
    return text;
  }

  /** Returns the first place that a literal with a skeleton leads to. */
  @Nullable Place fixed(String skeleton) {
    return fixed.get(skeleton);
  }

  /** Returns the next place that a literal with the same skeleton leads to. */
  @Nullable Place alike() {
    return alike;
  }

  /** Returns the mixed segments, if they are few. */
  List<Shaped> shaped() {
    return shaped;
  }

  /** Returns the mixed segments by the lengths of their ends, if they are many. */
  List<Ends> ends() {
    return ends;
  }

  /** Returns where a parameter leads. */
  @Nullable Place parameter() {
    return parameter;
  }

  /** Tells whether something else than a parameter leads on from here. */
  boolean hasFixedParts() {
    return !fixed.isEmpty() || !mixed.isEmpty();
  }

  /** Returns the operation of a method whose path ends here, with or without a slash. */
  @Nullable Operation operation(String method, boolean slash) {
    return (slash ? slashed : operations).get(method);
  }

  /** Returns what else ends here: operations of a method and a shape that another one has too. */
  List<Operation> doubles() {
    return doubles;
  }
}
