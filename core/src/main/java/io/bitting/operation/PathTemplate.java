package io.bitting.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of an operation, with a place for each parameter: {@code /users/{id}/files/{name}.json}.
 * A parameter stands for at least one character, and never for a slash.
 *
 * <p>Immutable and thread-safe.
 */
public final class PathTemplate {
  /** The greatest length of a template, in characters. */
  public static final int LENGTH_MAX = 1_024;

  /** The greatest number of segments. */
  public static final int SEGMENTS_MAX = 64;

  private final String text;
  private final List<Segment> segments;

  /** What stands between two slashes. */
  sealed interface Segment {}

  /**
   * A segment that is always the same.
   *
   * @param text the segment; empty only for the last one, after a slash at the end
   */
  record Literal(String text) implements Segment {}

  /** A segment that is a parameter as a whole. */
  record Parameter() implements Segment {}

  /**
   * A segment of fixed parts with a parameter between each two of them.
   *
   * @param parts two or more; the first and the last may be empty, the others are not
   */
  record Mixed(List<String> parts) implements Segment {
    Mixed {
      parts = List.copyOf(parts);
    }
  }

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = List.copyOf(segments);
  }

  /**
   * Reads a template.
   *
   * @param text any text
   * @throws IllegalArgumentException if {@link #fault} finds one; the message is that sentence
   */
  public static PathTemplate of(String text) {
    Optional<String> fault = fault(text);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
    List<Segment> segments = new ArrayList<>();
    for (String segment : text.substring(1).split("/", -1)) {
      segments.add(segment(segment));
    }
    return new PathTemplate(text, segments);
  }

  /**
   * Says what keeps a text from being a template.
   *
   * @param text any text
   * @return one sentence; empty if it is one
   */
  public static Optional<String> fault(String text) {
    throw new UnsupportedOperationException();
  }

  private static Segment segment(String text) {
    throw new UnsupportedOperationException();
  }

  /** Returns its segments, at least one. */
  List<Segment> segments() {
    return segments;
  }

  /**
   * Returns the template with its parameters' names taken out: two templates of one shape are the
   * same path.
   */
  public String shape() {
    throw new UnsupportedOperationException();
  }

  /** Returns the template as it was written. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
