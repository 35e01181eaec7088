package io.bitting.samples.personnel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the paths of the document tell together: which kinds of things there are, and which are had
 * by which. Immutable.
 */
final class Layout {
  /** Paths that show things of another kind than their name says. */
  private static final Map<String, String> OTHERWISE_CALLED =
      Map.of("roster", "group", "likes", "user");

  /** Last segments that say what to do, and name nothing. */
  private static final Set<String> WORDS =
      Set.of(
          "search",
          "batch",
          "sync",
          "toggle",
          "attach",
          "detach",
          "associate",
          "dissociate",
          "pivot");

  private final Set<String> templates = new LinkedHashSet<>();
  private final Set<Place> places = new LinkedHashSet<>();
  private final Set<String> kinds = new LinkedHashSet<>();

  Layout(List<Document.Documented> operations) {
    operations.forEach(operation -> templates.add(operation.template()));
    templates.forEach(template -> place(template).ifPresent(places::add));
    for (Place place : places) {
      place.parent().ifPresent(parent -> kinds.add(parent.kind()));
      kinds.add(place.own().kind());
    }
  }

  /** Returns every place that the paths point to, once. */
  Set<Place> places() {
    return Collections.unmodifiableSet(places);
  }

  /** Returns every kind of things, once. */
  Set<String> kinds() {
    return Collections.unmodifiableSet(kinds);
  }

  /** Returns where a path points; nowhere if it names no things, as {@code /settings}. */
  Optional<Place> place(String template) {
    List<String> parts = new ArrayList<>(List.of(template.substring(1).split("/")));
    String word = WORDS.contains(parts.getLast()) ? parts.removeLast() : "";
    String first = "/" + parts.getFirst();
    Optional<String> parameter = parameterBelow(first);
    boolean alone = parts.size() == 1 && word.isEmpty() && parameter.isEmpty();
    if (alone && templates.stream().noneMatch(other -> other.startsWith(first + "/"))) {
      return Optional.empty();
    }
    Place.Step step = step(first, parts);
    if (parts.size() <= 2) {
      return Optional.of(new Place(Optional.empty(), step, word, false));
    }
    if (isParameter(parts.get(2))) {
      return Optional.of(new Place(Optional.empty(), step, "member", false));
    }
    String second = first + "/" + parts.get(1) + "/" + parts.get(2);
    Place.Step own = step(second, parts.subList(2, parts.size()));
    return Optional.of(new Place(Optional.of(step), own, word, !templates.contains(second)));
  }

  private Place.Step step(String collection, List<String> parts) {
    String named = parameterBelow(collection).orElse(parts.getFirst());
    String kind = OTHERWISE_CALLED.getOrDefault(named, snake(named));
    return new Place.Step(parts.getFirst(), kind, parts.size() > 1 ? name(parts.get(1)) : "");
  }

  /** Returns the name of the parameter that stands for one thing of a collection. */
  private Optional<String> parameterBelow(String collection) {
    String before = collection + "/{";
    return templates.stream()
        .filter(template -> template.startsWith(before))
        .map(
            template -> template.substring(before.length(), template.indexOf('}', before.length())))
        .findFirst();
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }

  private static String name(String part) {
    return part.substring(1, part.length() - 1);
  }

  /** Some parameters are written {@code statusRecord}, most {@code status_record}. */
  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
