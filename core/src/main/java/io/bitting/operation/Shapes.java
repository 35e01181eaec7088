package io.bitting.operation;

import io.bitting.operation.PathTemplate.Mixed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The mixed segments that lead on from a place.
 *
 * <p>Immutable.
 */
final class Shapes {
  /** Up to how many are tried one by one: less work than to look them up. */
  private static final int FEW = 8;

  private final Shape[] few;
  private final Ends[] ends;

  /**
   * A mixed segment and what a reading of it looks like; one segment can have two such shapes.
   *
   * @param exact what the segment looks like exactly
   * @param form what a reading of it looks like
   * @param number which of the mixed segments it is
   */
  record Shape(Form exact, Form form, int number) {}

  /**
   * The shapes whose first parts have one length, and their last parts too: a look-up finds those
   * that fit a reading at both its ends, however many there are.
   */
  record Ends(int first, int last, Map<String, List<Shape>> shapes) {
    List<Shape> of(Reading reading) {
      return first + last > reading.length()
          ? List.of()
          : shapes.getOrDefault(reading.ends(first, last), List.of());
    }
  }

  private Shapes(List<Shape> all) {
    few = all.size() > FEW ? new Shape[0] : all.toArray(Shape[]::new);
    ends = all.size() > FEW ? ends(all) : new Ends[0];
  }

  /** Makes the shapes of mixed segments, which are numbered in their order. */
  static Shapes of(Collection<Mixed> segments) {
    List<Shape> all = new ArrayList<>();
    int number = 0;
    for (Mixed segment : segments) {
      List<String> parts = segment.parts();
      Form exact = Form.of(parts);
      Form skeleton = Form.of(parts.stream().map(Skeleton::of).toList());
      Form undecoded =
          Form.of(
              parts.stream()
                  .map(part -> PathTemplate.escaped(part).toLowerCase(Locale.ROOT))
                  .toList());
      all.add(new Shape(exact, skeleton, number));
      if (!undecoded.equals(skeleton)) {
        all.add(new Shape(exact, undecoded, number));
      }
      number++;
    }
    return new Shapes(all);
  }

  private static Ends[] ends(List<Shape> all) {
    Map<List<Integer>, Ends> ends = new HashMap<>();
    for (Shape shape : all) {
      String first = shape.form().first();
      String last = shape.form().last();
      ends.computeIfAbsent(
              List.of(first.length(), last.length()),
              lengths -> new Ends(first.length(), last.length(), new HashMap<>()))
          .shapes()
          .computeIfAbsent(first + last, any -> new ArrayList<>(1))
          .add(shape);
    }
    return ends.values().toArray(Ends[]::new);
  }

  /** Tells whether there are none. */
  boolean isEmpty() {
    return few.length == 0 && ends.length == 0;
  }

  /** Returns how many can be tried one by one: all of them or none. */
  int few() {
    return few.length;
  }

  /** Returns one of the few. */
  Shape get(int index) {
    return few[index];
  }

  /** Returns them by the lengths of their ends, if they are many. */
  Ends[] ends() {
    return ends;
  }
}
