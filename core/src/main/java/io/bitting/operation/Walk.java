package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Parameter;
import io.bitting.operation.PathTemplate.Segment;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search for one request's operation: follows the path through the tree in every way in which
 * some server could read it, and then asks whether the operation of the exact reading stands
 * against all others that were met.
 *
 * <p>To be used once.
 */
final class Walk {
  /**
   * How many places are visited, and look-ups of mixed segments made, before the search gives up.
   */
  private static final int STEPS_MAX = 512;

  /** How many dots of the last segment can begin a format before the search gives up. */
  private static final int FORMATS_MAX = 16;

  private final String method;
  private final List<Readings> pieces;
  private final boolean slashed;
  private int steps;
  private boolean lost;

  /** The first that matches exactly; since literals come first, none that matches is better. */
  private @Nullable Operation found;

  /** The others that match exactly. */
  private @Nullable List<Operation> others;

  /** The others that match in any reading. */
  private @Nullable List<Operation> rivals;

  /** Prepares to search for a method and a path. */
  Walk(String method, RequestPath.Clear path) {
    this.method = method;
    this.pieces = path.pieces();
    this.slashed = path.slashed();
  }

  /** Searches a tree. */
  Match from(Place root) {
    visit(root, 0, true);
    if (lost) {
      return new Match.Ambiguous(Ambiguity.TOO_MANY_READINGS);
    }
    if (found == null) {
      return new Match.Unknown();
    }
    if (standsAgainst(rivals, found)) {
      return new Match.Found(found);
    }
    // Where two require the same, a rival of the one may be none of the other.
    for (Operation other : others == null ? List.<Operation>of() : others) {
      if (other.requirement().equals(found.requirement()) && standsAgainst(rivals, other)) {
        return new Match.Found(other);
      }
    }
    return new Match.Ambiguous(Ambiguity.RIVAL);
  }

  private boolean standsAgainst(@Nullable List<Operation> rivals, Operation exact) {
    if (rivals != null) {
      for (Operation rival : rivals) {
        if (!rival.requirement().equals(exact.requirement()) && !prevails(exact, rival)) {
          return false;
        }
      }
    }
    return true;
  }

  private void visit(Place place, int depth, boolean exact) {
    if (isLost()) {
      return;
    }
    if (depth == pieces.size()) {
      arrive(place, exact);
      return;
    }
    Readings piece = pieces.get(depth);
    if (place.hasFixedParts()) {
      readWhole(place, depth, exact, piece.skeleton());
      Optional<Reading> undecoded = piece.undecoded();
      if (undecoded.isPresent()) {
        readWhole(place, depth, false, undecoded.get());
      }
    }
    Place parameter = place.parameter();
    if (parameter != null) {
      visit(parameter, depth + 1, exact);
    }
  }

  private boolean isLost() {
    lost |= ++steps > STEPS_MAX;
    return lost;
  }

  private void readWhole(Place place, int depth, boolean exact, Reading reading) {
    read(place, depth, exact, reading);
    if (depth == pieces.size() - 1) {
      readFormats(place, depth, reading);
    }
  }

  /** Follows what a segment can be but a parameter, in one reading. */
  private void read(Place place, int depth, boolean exact, Reading reading) {
    for (Place next = place.fixed(reading); next != null; next = next.alike()) {
      if (next.hasHash(reading.hash())) {
        // A text that is a literal's has its skeleton too.
        boolean same = exact && next.isNamed(pieces.get(depth).text());
        if (same || next.isNamedLike(reading)) {
          visit(next, depth + 1, same);
        }
      }
    }
    Shapes shapes = place.shapes();
    for (int i = 0; i < shapes.few(); i++) {
      readMixed(place, shapes.get(i), depth, exact, reading);
    }
    for (Shapes.Ends ends : shapes.ends()) {
      if (isLost()) {
        return;
      }
      for (Shapes.Shape shape : ends.of(reading)) {
        readMixed(place, shape, depth, exact, reading);
      }
    }
  }

  private void readMixed(
      Place place, Shapes.Shape shape, int depth, boolean exact, Reading reading) {
    if (shape.form().fits(reading, 0)) {
      visit(
          place.mixed(shape), depth + 1, exact && shape.exact().fits(pieces.get(depth).text(), 1));
    }
  }

  /** Reads the last segment as a server does that takes what follows a dot for a format. */
  private void readFormats(Place place, int depth, Reading reading) {
    int dots = 0;
    for (int dot = reading.dot(1); dot > 0; dot = reading.dot(dot + 1)) {
      dots++;
      if (dots > FORMATS_MAX) {
        lost = true;
        return;
      }
      read(place, depth, false, reading.before(dot));
    }
  }

  private void arrive(Place place, boolean exact) {
    meet(place, method, exact);
    boolean head = method.equals("HEAD");
    if (head) {
      meet(place, "GET", false);
    }
    List<Operation> doubles = place.doubles();
    for (int i = 0; i < doubles.size(); i++) {
      Operation operation = doubles.get(i);
      if (operation.method().equals(method) || (head && operation.method().equals("GET"))) {
        meet(operation, false);
      }
    }
  }

  private void meet(Place place, String method, boolean exact) {
    int number = place.number(method);
    if (number >= 0) {
      meet(place.operation(number, slashed), exact);
      meet(place.operation(number, !slashed), false);
    }
  }

  private void meet(@Nullable Operation operation, boolean exact) {
    if (operation == null) {
      return;
    }
    if (exact && found == null) {
      found = operation;
      return;
    }
    rivals = rivals == null ? new ArrayList<>() : rivals;
    rivals.add(operation);
    if (exact) {
      others = others == null ? new ArrayList<>() : others;
      others.add(operation);
    }
  }

  /**
   * Tells whether every server that could take the request for either of two operations takes it
   * for the first.
   *
   * @param exact one that matches exactly
   * @param rival another that matches in some reading
   */
  private boolean prevails(Operation exact, Operation rival) {
    List<Segment> ours = exact.path().segments();
    List<Segment> theirs = rival.path().segments();
    boolean same = true;
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).equals(theirs.get(i))) {
        if (!prevails(ours.get(i), theirs.get(i)) || isMissed(ours.get(i), pieces.get(i))) {
          return false;
        }
        same = false;
      }
    }
    return !same
        || (exact.path().isSlashed() == rival.path().isSlashed()
            && !exact.method().equals(rival.method()));
  }

  /**
   * Tells whether a segment that matches exactly is missed by a server that decodes after it has
   * matched, or by one that normalizes before, where a mark may join the end of a fixed part.
   */
  private static boolean isMissed(Segment segment, Readings piece) {
    return (piece.hasSmallEscape() && PathTemplate.written(segment).indexOf('%') >= 0)
        || (segment instanceof Mixed
            && !Normalizer.isNormalized(piece.text().toString(), Normalizer.Form.NFKC));
  }

  /** Tells whether one of two different segments is more concrete. */
  private static boolean prevails(Segment exact, Segment rival) {
    if (exact instanceof Literal ours && rival instanceof Literal theirs) {
      // What is not alike came in as a name without its format, and a server tries the whole first.
      return !ours.skeleton().equals(theirs.skeleton());
    }
    return rival instanceof Parameter || (exact instanceof Literal && rival instanceof Mixed);
  }
}
