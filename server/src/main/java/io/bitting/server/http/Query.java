package io.bitting.server.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query. A parameter that stands twice, cannot be read or is not known is a
 * mistake of the caller: {@link #check} says all of them at once.
 *
 * <p>Not thread-safe.
 */
public final class Query {
  /** How many items a list has if nothing is said. */
  public static final int LIMIT_USUAL = 50;

  /** How many items a list has at most. */
  public static final int LIMIT_MAX = 200;

  /** How many characters a text has at most by which a list is searched. */
  private static final int TEXT_MAX = 100;

  /** No operation has as many. */
  private static final int PARAMETERS_MAX = 64;

  private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,6})([smhd])");

  private final Map<String, List<String>> parameters;
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, String> mistakes = new LinkedHashMap<>();

  /**
   * Takes the parameters.
   *
   * @param parameters names and values, decoded
   */
  public Query(Map<String, List<String>> parameters) {
    this.parameters = parameters.isEmpty() ? Map.of() : new LinkedHashMap<>(parameters);
  }

  /**
   * Decodes the query of an address.
   *
   * @param text what stands after the question mark
   * @throws Malformed if it cannot be decoded; shows nothing of it, since a token may be in it
   */
  static Query decode(String text) {
    try {
      Map<String, List<String>> parameters =
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, PARAMETERS_MAX).parameters();
      // What is not UTF-8 was replaced.
      if (parameters.toString().indexOf('\ufffd') < 0) {
        return new Query(parameters);
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the decoder's own message shows the text.
    }
    throw new Malformed(
        ProblemCode.QUERY_INVALID, "The query is not percent-encoded UTF-8, so it cannot be read.");
  }

  /** Returns the names that the caller gave. */
  Set<String> names() {
    return parameters.keySet();
  }

  /**
   * Reads text.
   *
   * @param name the parameter
   */
  public Optional<String> text(String name) {
    known.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      mistakes.put(name, "stands " + values.size() + " times; give it once");
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  /**
   * Reads a value of some kind.
   *
   * @param name the parameter
   * @param kind what it is to be, for the message
   * @param reader reads it
   * @param <T> the kind
   */
  public <T> Optional<T> value(String name, String kind, Function<String, Optional<T>> reader) {
    return text(name)
        .flatMap(text -> {
          Optional<T> value = reader.apply(text);
          if (value.isEmpty()) {
            mistakes.put(
                name,
                "is \"" + io.bitting.scope.Spelling.printable(text) + "\"; it is to be " + kind);
          }
          return value;
        });
  }

  /** Reads the text in {@code q} by which a list is searched: 1 to 100 characters. */
  public Optional<String> searched() {
    return shortText("q", "text of 1 to " + TEXT_MAX + " characters");
  }

  /**
   * Reads text of 1 to 100 characters that is not blank.
   *
   * @param name the parameter
   * @param kind what it is to be, for the message
   */
  public Optional<String> shortText(String name, String kind) {
    return value(
        name,
        kind,
        text ->
            text.isBlank() || text.length() > TEXT_MAX || text.indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.of(text));
  }

  /**
   * Reads a truth value.
   *
   * @param name the parameter
   */
  public Optional<Boolean> flag(String name) {
    return value(
        name,
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /**
   * Reads a length of time: {@code 90s}, {@code 36h}, {@code 7d}, or ISO 8601, {@code P7D}.
   *
   * @param name the parameter
   */
  public Optional<Duration> duration(String name) {
    return value(name, "a length of time such as 7d, 36h or P7D", Query::parseDuration);
  }

  private static Optional<Duration> parseDuration(String text) {
    Matcher matcher = SHORT_DURATION.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() || duration.compareTo(Duration.ofDays(999_999)) > 0
          ? Optional.empty()
          : Optional.of(duration);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Reads how many items a list is to have. */
  public int limit() {
    return this.<Integer>value(
            "limit",
            "a number from 1 to " + LIMIT_MAX,
            text ->
                text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= LIMIT_MAX
                    ? Optional.of(Integer.parseInt(text))
                    : Optional.empty())
        .orElse(LIMIT_USUAL);
  }

  /**
   * Reads where a list is to go on.
   *
   * @param reader makes a place of a cursor's text
   * @param <T> the kind of place
   * @throws Malformed if the cursor is none that this list gave out
   */
  public <T> Optional<T> cursor(Function<String, Optional<T>> reader) {
    @Nullable String text = text("cursor").orElse(null);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> place = Cursor.decode(text).flatMap(reader);
    if (place.isEmpty()) {
      throw new Malformed(
          ProblemCode.CURSOR_INVALID,
          "The cursor is not one that this list gave out; begin without one.");
    }
    return place;
  }

  /**
   * Takes note of a mistake that shows only beside other parameters.
   *
   * @param name the parameter
   * @param mistake what is wrong, as the rest of a sentence that begins with the parameter
   */
  public void refuse(String name, String mistake) {
    mistakes.putIfAbsent(name, mistake);
  }

  /** Returns what is wrong with the parameters that were read, as {@link #refuse} takes it. */
  public Map<String, String> mistakes() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(mistakes));
  }

  /**
   * Ends the reading.
   *
   * @throws Malformed naming every parameter that is wrong or unknown
   */
  public void check() {
    List<String> sentences = new ArrayList<>();
    mistakes.forEach(
        (name, mistake) -> sentences.add("Parameter \"" + name + "\" " + mistake + "."));
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        String all =
            known.isEmpty() ? "there is none here" : "known are " + String.join(", ", known);
        sentences.add(
            "Parameter \""
                + io.bitting.scope.Spelling.printable(name)
                + "\" is not known; "
                + all
                + ".");
      }
    }
    if (!sentences.isEmpty()) {
      throw new Malformed(ProblemCode.QUERY_INVALID, String.join(" ", sentences));
    }
  }
}
