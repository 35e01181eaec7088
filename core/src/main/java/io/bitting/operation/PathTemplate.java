package io.bitting.operation;

import io.bitting.scope.Spelling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The path of an operation, with a place for each parameter: {@code /users/{id}/files/{name}.json}.
 * A parameter stands for at least one character, and never for a slash. A slash at the end counts:
 * {@code /users/} is another path than {@code /users}.
 *
 * <p>What is fixed is written as in a URI; a character that a URI has only encoded may stand as it
 * is ({@code /caf}&eacute;). What every request would be refused for is refused here: an empty
 * segment but after the last slash, one that ends with a dot, a semicolon, an encoded slash.
 *
 * <p>Immutable and thread-safe.
 */
public final class PathTemplate {
  /** The greatest length of a template, in characters. */
  public static final int LENGTH_MAX = 1_024;

  /** The greatest number of segments. */
  public static final int SEGMENTS_MAX = 64;

  private static final int NAME_LENGTH_MAX = 128;

  private final String text;
  private final List<Segment> segments;
  private final boolean slashed;

  /** What stands between two slashes. */
  sealed interface Segment {}

  /**
   * A segment that is always the same.
   *
   * @param text the segment, decoded
   * @param skeleton its skeleton
   */
  record Literal(String text, String skeleton) implements Segment {}

  /** A segment that is a parameter as a whole. */
  record Parameter() implements Segment {}

  /**
   * A segment of fixed parts with a parameter between each two of them.
   *
   * @param parts two or more, decoded; the first and the last may be empty, the others are not
   */
  record Mixed(List<String> parts) implements Segment {
    Mixed {
      parts = List.copyOf(parts);
    }
  }

  private PathTemplate(String text, List<Segment> segments, boolean slashed) {
    this.text = text;
    this.segments = List.copyOf(segments);
    this.slashed = slashed;
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
    for (String written : written(text)) {
      segments.add(segment(written));
    }
    return new PathTemplate(text, segments, text.endsWith("/"));
  }

  /**
   * Says what keeps a text from being a template.
   *
   * @param text any text
   * @return one sentence; empty if it is one
   */
  public static Optional<String> fault(String text) {
    return problem(text).map(problem -> "path \"" + Spelling.printable(text) + "\" " + problem);
  }

  private static Optional<String> problem(String text) {
    if (text.length() > LENGTH_MAX) {
      return Optional.of("has " + text.length() + " characters; at most " + LENGTH_MAX);
    }
    if (!text.startsWith("/")) {
      return Optional.of("does not begin with a slash");
    }
    List<String> written = written(text);
    if (written.size() > SEGMENTS_MAX) {
      return Optional.of("has " + written.size() + " segments; at most " + SEGMENTS_MAX);
    }
    Set<String> names = new HashSet<>();
    for (String segment : written) {
      Optional<String> problem = segmentProblem(segment, names);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** Takes a template apart at its slashes; the empty segment after the last one is left out. */
  private static List<String> written(String text) {
    List<String> written = new ArrayList<>(List.of(text.substring(1).split("/", -1)));
    if (written.get(written.size() - 1).isEmpty()) {
      written.remove(written.size() - 1);
    }
    return written;
  }

  private static Optional<String> segmentProblem(String segment, Set<String> names) {
    if (segment.isEmpty()) {
      return Optional.of(
          "has an empty segment; only a slash at its end may be followed by nothing");
    }
    StringBuilder filled = new StringBuilder();
    for (int at = 0; at < segment.length(); ) {
      char character = segment.charAt(at);
      if (character == '}') {
        return Optional.of("has a \"}\" that closes nothing");
      }
      if (character == '{') {
        int close = segment.indexOf('}', at);
        Optional<String> problem =
            close < 0
                ? Optional.of("has a \"{\" that is not closed before the next slash")
                : parameterProblem(segment.substring(at + 1, close), names);
        if (problem.isPresent()) {
          return problem;
        }
        if (segment.startsWith("{", close + 1)) {
          return Optional.of(
              "has two parameters side by side; a fixed part must tell where the first one ends");
        }
        filled.append('x');
        at = close + 1;
      } else {
        filled.append(character);
        at++;
      }
    }
    return fixedProblem(segment, encoded(filled.toString()));
  }

  private static Optional<String> parameterProblem(String name, Set<String> names) {
    boolean wellFormed =
        !name.isEmpty()
            && name.length() <= NAME_LENGTH_MAX
            && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0);
    if (!wellFormed) {
      return Optional.of(
          "has the parameter \"{"
              + Spelling.printable(name)
              + "}\"; a parameter's name is 1 to 128 letters, digits and \"_.-~\", and it stands"
              + " for one segment or a part of one");
    }
    return names.add(name)
        ? Optional.empty()
        : Optional.of("names two parameters \"{" + name + "}\"");
  }

  /** Reads a segment whose parameters were filled in as a request's, since it comes as one. */
  private static Optional<String> fixedProblem(String segment, String filled) {
    Optional<Ambiguity> ambiguity = Piece.fault(filled);
    if (ambiguity.isPresent()) {
      return Optional.of(
          "has the segment \""
              + Spelling.printable(segment)
              + "\", for which every request is refused as ambiguous: "
              + ambiguity.get().sentence());
    }
    return Piece.of(filled).text().toString().codePoints().anyMatch(Piece::isEncodedDelimiter)
        ? Optional.of(
            "has the segment \""
                + Spelling.printable(segment)
                + "\", which encodes one of \"!$&'()*+,=:@\"; write it as it stands")
        : Optional.empty();
  }

  private static Segment segment(String written) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int open = written.indexOf('{'); open >= 0; open = written.indexOf('{', from)) {
      parts.add(decoded(written.substring(from, open)));
      from = written.indexOf('}', open) + 1;
    }
    String last = decoded(written.substring(from));
    if (parts.isEmpty()) {
      return new Literal(last, Skeleton.of(last));
    }
    parts.add(last);
    return parts.equals(List.of("", "")) ? new Parameter() : new Mixed(parts);
  }

  private static String decoded(String written) {
    return Piece.decoded(encoded(written)).orElseThrow();
  }

  /**
   * Encodes what a URI has only encoded and nobody mistakes: other letters than ASCII's, brackets,
   * quotes. The rest stays, to be found at fault.
   */
  private static String encoded(String written) {
    StringBuilder encoded = new StringBuilder(written.length());
    written
        .codePoints()
        .forEach(point -> {
          if (point > 0x9f ? !isSurrogate(point) : "\"<>[]^`{|}".indexOf(point) >= 0) {
            appendEscaped(point, encoded);
          } else {
            encoded.appendCodePoint(point);
          }
        });
    return encoded.toString();
  }

  private static boolean isSurrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private static void appendEscaped(int point, StringBuilder encoded) {
    for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02X", octet));
    }
  }

  /** Returns a fixed part, decoded before, as it stands in a URI. */
  static String written(Segment segment) {
    if (segment instanceof Literal literal) {
      return escaped(literal.text());
    }
    if (segment instanceof Mixed mixed) {
      return String.join("{}", mixed.parts().stream().map(PathTemplate::escaped).toList());
    }
    return "{}";
  }

  /** Returns a decoded text as it stands in a URI. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point < 0x80 && Piece.isBare((char) point)) {
            escaped.append((char) point);
          } else {
            appendEscaped(point, escaped);
          }
        });
    return escaped.toString();
  }

  /** Returns its segments, without the empty one after a slash at the end. */
  List<Segment> segments() {
    return segments;
  }

  /** Tells whether it ends with a slash. */
  boolean isSlashed() {
    return slashed;
  }

  /**
   * Returns the template with its parameters' names taken out, and encoded as in a URI: two
   * templates of one shape are the same path.
   */
  public String shape() {
    StringBuilder shape = new StringBuilder();
    for (Segment segment : segments) {
      shape.append('/').append(written(segment));
    }
    return slashed ? shape.append('/').toString() : shape.toString();
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
