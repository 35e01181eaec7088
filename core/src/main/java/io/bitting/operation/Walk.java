package io.bitting.operation;

import io.bitting.operation.PathTemplate.Literal;
import io.bitting.operation.PathTemplate.Mixed;
import io.bitting.operation.PathTemplate.Parameter;
import io.bitting.operation.PathTemplate.Segment;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final List<Piece> pieces;
  private final boolean slashed;
  private int steps;
  private boolean lost;

  /** The first that matches exactly; since literals come first, none that matches is better. */
  private @Nullable Operation found;

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
    if (rivals != null) {
      for (Operation rival : rivals) {
        if (!rival.requirement().equals(found.requirement()) && !prevails(found, rival)) {
          return new Match.Ambiguous(Ambiguity.RIVAL);
        }
      }
    }
    return new Match.Found(found);
  }

  private void visit(Place place, int depth, boolean exact) {
    if (isLost()) {
      return;
    }
    if (depth == pieces.size()) {
      arrive(place, exact);
      return;
    }
    Piece piece = pieces.get(depth);
    if (place.hasFixedParts()) {
      readWhole(place, depth, exact, piece.skeleton());
      if (piece.isEncoded()) {
        readWhole(place, depth, false, piece.raw().toLowerCase(Locale.ROOT));
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

  private void readWhole(Place place, int depth, boolean exact, String reading) {
    read(place, depth, exact, reading);
    if (depth == pieces.size() - 1) {
      readFormats(place, depth, reading);
    }
  }

  /** Follows what a segment can be but a parameter, in one reading. */
  private void read(Place place, int depth, boolean exact, String reading) {
    String text = pieces.get(depth).text();
    for (Place next = place.fixed(reading); next != null; next = next.alike()) {
      visit(next, depth + 1, exact && next.text().equals(text));
    }
    readShaped(place.shaped(), depth, exact, reading);
    for (Place.Ends ends : place.ends()) {
      if (isLost()) {
        return;
      }
      readShaped(ends.of(reading), depth, exact, reading);
    }
  }

  private void readShaped(List<Place.Shaped> list, int depth, boolean exact, String reading) {
    for (Place.Shaped shaped : list) {
      if (fits(reading, shaped.parts(), 0)) {
        String text = pieces.get(depth).text();
        visit(shaped.next(), depth + 1, exact && fits(text, shaped.mixed().parts(), 1));
      }
    }
  }

  /** Reads the last segment as a server does that takes what follows a dot for a format. */
  private void readFormats(Place place, int depth, String reading) {
    int dots = 0;
    for (int dot = reading.indexOf('.', 1); dot > 0; dot = reading.indexOf('.', dot + 1)) {
      dots++;
      if (dots > FORMATS_MAX) {
        lost = true;
        return;
      }
      read(place, depth, false, reading.substring(0, dot));
    }
  }

  /**
   * Tells whether a text consists of fixed parts with something between each two of them. That the
   * leftmost place is taken for each part loses nothing.
   *
   * @param least how many characters are between two parts at least
   */
  private static boolean fits(String text, List<String> parts, int least) {
    String first = parts.get(0);
    String last = parts.get(parts.size() - 1);
    int end = text.length() - last.length();
    int at = first.length() + least;
    if (at > end || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    for (int i = 1; i < parts.size() - 1; i++) {
      int found = text.indexOf(parts.get(i), at);
      if (found < 0) {
        return false;
      }
      at = found + parts.get(i).length() + least;
    }
    return at <= end;
  }

  private void arrive(Place place, boolean exact) {
    meet(place.operation(method, slashed), exact);
    meet(place.operation(method, !slashed), false);
    boolean head = method.equals("HEAD");
    if (head) {
      meet(place.operation("GET", slashed), false);
      meet(place.operation("GET", !slashed), false);
    }
    for (Operation operation : place.doubles()) {
      if (operation.method().equals(method) || (head && operation.method().equals("GET"))) {
        meet(operation, false);
      }
    }
  }

  private void meet(@Nullable Operation operation, boolean exact) {
    if (operation == null) {
      return;
    }
    if (exact && found == null) {
      found = operation;
    } else {
      rivals = rivals == null ? new ArrayList<>() : rivals;
      rivals.add(operation);
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
  private static boolean isMissed(Segment segment, Piece piece) {
    return (piece.hasSmallEscape() && PathTemplate.written(segment).indexOf('%') >= 0)
        || (segment instanceof Mixed
            && !Normalizer.isNormalized(piece.text(), Normalizer.Form.NFKC));
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
