package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree that all templates make: what the segments up to here lead to.
 *
 * <p>Changed while the tree is built, by one thread, and never again.
 */
final class Place {
  private final Map<String, List<Fixed>> fixed = new HashMap<>();
  private final List<Ends> ends = new ArrayList<>();
  private final Map<Mixed, Place> mixed = new HashMap<>();
  private final Map<String, List<Operation>> operations = new HashMap<>();
  private final Map<String, List<Operation>> slashed = new HashMap<>();
  private @Nullable Place parameter;

  /** The next place, by a literal. */
  record Fixed(String text, Place next) {}

  /** The next place, by a mixed segment, one of whose forms the parts are. */
  record Shaped(Mixed mixed, List<String> parts, Place next) {}

  /**
   * The mixed segments whose first parts have one length, and their last parts too: a look-up finds
   * those that fit a text at both its ends, however many there are.
   */
  record Ends(int first, int last, Map<String, List<Shaped>> shaped) {
    List<Shaped> of(String reading) {
      int length = reading.length();
      return first + last > length
          ? List.of()
          : shaped.getOrDefault(
              reading.substring(0, first) + reading.substring(length - last), List.of());
    }
  }

  /** Puts an operation where its template leads from here. */
  void add(Operation operation) {
    Place place = this;
    for (Segment segment : operation.path().segments()) {
      place = place.next(segment);
    }
    (operation.path().isSlashed() ? place.slashed : place.operations)
        .computeIfAbsent(operation.method(), method -> new ArrayList<>(1))
        .add(operation);
  }

  private Place next(Segment segment) {
    if (segment instanceof Literal literal) {
      return next(literal);
    }
    if (segment instanceof Mixed written) {
      return mixed.computeIfAbsent(written, this::next);
    }
    if (parameter == null) {
      parameter = new Place();
    }
    return parameter;
  }

  private Place next(Literal literal) {
    List<Fixed> alike = fixed.computeIfAbsent(literal.skeleton(), any -> new ArrayList<>(1));
    for (Fixed known : alike) {
      if (known.text().equals(literal.text())) {
        return known.next();
      }
    }
    Fixed added = new Fixed(literal.text(), new Place());
    alike.add(added);
    return added.next();
  }

  private Place next(Mixed written) {
    Place next = new Place();
    List<String> skeletons = written.parts().stream().map(Skeleton::of).toList();
    List<String> undecoded =
        written.parts().stream()
            .map(part -> PathTemplate.escaped(part).toLowerCase(Locale.ROOT))
            .toList();
    put(new Shaped(written, skeletons, next));
    if (!undecoded.equals(skeletons)) {
      put(new Shaped(written, undecoded, next));
    }
    return next;
  }

  private void put(Shaped shaped) {
    String first = shaped.parts().get(0);
    String last = shaped.parts().get(shaped.parts().size() - 1);
    ends(first.length(), last.length())
        .shaped()
        .computeIfAbsent(first + last, any -> new ArrayList<>(1))
        .add(shaped);
  }

  private Ends ends(int first, int last) {
    for (Ends known : ends) {
      if (known.first() == first && known.last() == last) {
        return known;
      }
    }
    Ends added = new Ends(first, last, new HashMap<>());
    ends.add(added);
    return added;
  }

  /** Returns the literals that have a skeleton. */
  List<Fixed> fixed(String skeleton) {
    return fixed.getOrDefault(skeleton, List.of());
  }

  /** Returns the mixed segments, by the lengths of their ends. */
  List<Ends> ends() {
    return ends;
  }

  /** Returns where a parameter leads. */
  @Nullable Place parameter() {
    return parameter;
  }

  /** Tells whether something else than a parameter leads on from here. */
  boolean hasFixedParts() {
    return !fixed.isEmpty() || !ends.isEmpty();
  }

  /** Returns the operations of a method whose path ends here, with or without a slash. */
  List<Operation> operations(String method, boolean slash) {
    return (slash ? slashed : operations).getOrDefault(method, List.of());
  }
}
