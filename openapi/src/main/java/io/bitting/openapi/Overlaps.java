package io.bitting.openapi;

import io.bitting.openapi.DocumentNote.Code;
import io.bitting.openapi.OperationsReader.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for operations with different requirements whose paths overlap although neither is the more
 * concrete one, such as {@code /{a}/b} and {@code /a/{b}}: a path that fits both is ambiguous.
 * Takes a bounded number of steps. One use.
 */
final class Overlaps {
  /* Looking for what overlaps a template goes down every branch that does, so that many templates
  with many parameters would take a time that grows with their square. */
  private static final int STEPS_MAX = 2_000_000;

  private final Map<String, Branch> roots = new HashMap<>();
  private int steps;

  /** What is between two slashes of a shape, in which {} stands for a parameter. */
  private record Segment(String text, Kind kind) {
    static List<Segment> of(Found found) {
      List<Segment> segments = new ArrayList<>();
      for (String text : found.operation().path().shape().substring(1).split("/", -1)) {
        segments.add(
            new Segment(
                text,
                text.equals("{}")
                    ? Kind.PARAMETER
                    : text.contains("{}") ? Kind.MIXED : Kind.LITERAL));
      }
      return segments;
    }

    /** Tells whether a text may fit both: what is fixed at their ends does not differ. */
    boolean mayOverlap(Segment other) {
      return (before().startsWith(other.before()) || other.before().startsWith(before()))
          && (after().endsWith(other.after()) || other.after().endsWith(after()));
    }

    private String before() {
      return kind == Kind.LITERAL ? text : text.substring(0, text.indexOf('{'));
    }

    private String after() {
      return kind == Kind.LITERAL ? text : text.substring(text.lastIndexOf('}') + 1);
    }
  }

  /** Kinds of segments, each more concrete than the one before. */
  private enum Kind {
    PARAMETER,
    MIXED,
    LITERAL
  }

  /** A place in the tree of segments; one template at most ends here, since shapes differ. */
  private static final class Branch {
    final Map<Segment, Branch> literals = new HashMap<>();
    final Map<Segment, Branch> patterns = new HashMap<>();
    @Nullable Found end;

    Branch next(Segment segment) {
      return (segment.kind() == Kind.LITERAL ? literals : patterns)
          .computeIfAbsent(segment, added -> new Branch());
    }
  }

  /** How far two templates were compared, and in what each was the more concrete one. */
  private record Progress(int depth, boolean more, boolean less) {
    Progress past(Segment ours, Segment theirs) {
      int order = ours.kind().compareTo(theirs.kind());
      boolean crossed = order == 0 && !ours.equals(theirs);
      return new Progress(depth + 1, more || order > 0 || crossed, less || order < 0 || crossed);
    }
  }

  static void note(List<Found> operations, Notes notes) {
    Overlaps overlaps = new Overlaps();
    for (Found each : operations) {
      overlaps.add(each, notes);
      if (overlaps.steps > STEPS_MAX) {
        notes.add(
            each.part(),
            Code.PATHS_NOT_COMPARED,
            "",
            "so many paths have parameters at so many places that from here on none is compared with the others");
        return;
      }
    }
  }

  /** Notes the first operation before this one that overlaps it, and keeps this one. */
  private void add(Found added, Notes notes) {
    List<Segment> segments = Segment.of(added);
    Branch root = roots.computeIfAbsent(added.operation().method(), method -> new Branch());
    find(root, added, segments, new Progress(0, false, false))
        .ifPresent(other ->
            notes.add(
                added.part(),
                Code.PATHS_OVERLAP,
                added.operation().name(),
                "a path can fit this operation and "
                    + Sentence.quoted(other.operation().name())
                    + ", neither is more concrete, and they require different things; such a path is denied"));
    Branch at = root;
    for (Segment segment : segments) {
      at = at.next(segment);
    }
    at.end = added;
  }

  private Optional<Found> find(
      Branch branch, Found added, List<Segment> segments, Progress progress) {
    if (++steps > STEPS_MAX) {
      return Optional.empty();
    }
    if (progress.depth() == segments.size()) {
      return Optional.ofNullable(branch.end)
          .filter(other -> progress.more() && progress.less() && differ(added, other));
    }
    Segment ours = segments.get(progress.depth());
    for (Map<Segment, Branch> next : branches(branch, ours)) {
      for (Map.Entry<Segment, Branch> theirs : next.entrySet()) {
        steps++;
        if (ours.mayOverlap(theirs.getKey())) {
          Optional<Found> found =
              find(theirs.getValue(), added, segments, progress.past(ours, theirs.getKey()));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Returns what may overlap; of the literals, a literal overlaps itself alone. */
  private static Collection<Map<Segment, Branch>> branches(Branch branch, Segment ours) {
    if (ours.kind() != Kind.LITERAL) {
      return List.of(branch.literals, branch.patterns);
    }
    Branch same = branch.literals.get(ours);
    return same == null ? List.of(branch.patterns) : List.of(Map.of(ours, same), branch.patterns);
  }

  private static boolean differ(Found one, Found other) {
    return one.requirementNumber() != other.requirementNumber();
  }
}
