package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lists things, all or those that are looked for. */
final class Many {
  private static final int TEXT_LENGTH_MAX = 200;

  private Many() {}

  static Answer list(Shelf shelf, Call call) {
    return Page.of(call)
        .map(page -> page.of(shelf, shelf.things()))
        .orElseGet(() ->
            Answer.queryInvalid(
                "The query parameter \"limit\" is a number from 1 to "
                    + Page.LIMIT_MAX
                    + ", and \"cursor\" the next_cursor of an answer."));
  }

  /**
   * Finds the things that have each member of {@code where}, and {@code text} somewhere in a line,
   * in capitals or not.
   */
  static Answer search(Shelf shelf, Call call) {
    Fields fields = call.fields();
    Map<String, JsonNode> where = Bodies.object(fields, "where");
    String text = fields.optionalText("text", TEXT_LENGTH_MAX).orElse("").toLowerCase(Locale.ROOT);
    int limit = fields.optionalNumber("limit", 1, Page.LIMIT_MAX).orElse(Page.LIMIT);
    Optional<Page> page =
        Page.of(String.valueOf(limit), fields.optionalLine("cursor", 20).orElse("0"));
    if (page.isEmpty()) {
      fields.fault(
          "cursor",
          "value_out_of_range",
          "cursor is not a next_cursor of an answer",
          "take it out");
    }
    return fields.then(() -> {
      List<Thing> found =
          shelf.things().stream()
              .filter(thing -> hasAll(thing, where) && mentions(thing, text))
              .toList();
      return page.orElseThrow().of(shelf, found);
    });
  }

  private static boolean hasAll(Thing thing, Map<String, JsonNode> where) {
    return where.entrySet().stream()
        .allMatch(wanted ->
            wanted.getKey().equals("id")
                ? thing.id().equals(wanted.getValue().asText())
                : wanted.getValue().equals(thing.members().get(wanted.getKey())));
  }

  private static boolean mentions(Thing thing, String text) {
    return text.isEmpty()
        || thing.members().values().stream()
            .anyMatch(member ->
                member.isTextual() && member.textValue().toLowerCase(Locale.ROOT).contains(text));
  }
}
