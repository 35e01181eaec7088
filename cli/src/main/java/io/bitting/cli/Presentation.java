package io.bitting.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.bitting.client.protocol.Json;
import java.io.UncheckedIOException;
import picocli.CommandLine.Option;

/** How a command shows what it found. */
final class Presentation {
  private final Surroundings surroundings;

  @Option(
      order = HelpOrder.PRESENTATION,
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description =
          "${COMPLETION-CANDIDATES}: for people, or for programs. Default: ${DEFAULT-VALUE}.")
  private Form form = Form.table;

  @Option(order = HelpOrder.PRESENTATION, names = "--json", description = "The same as -o json.")
  private boolean json;

  /** The forms. */
  enum Form {
    table,
    json
  }

  Presentation(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Shows something.
   *
   * @param value what the server answered, for JSON
   * @param table prints it for people
   */
  void show(Object value, Runnable table) {
    if (isJson()) {
      surroundings.print(text(value));
    } else {
      table.run();
    }
  }

  /**
   * Shows something to programs; people are told otherwise.
   *
   * @param value what the server answered
   */
  void showJson(Object value) {
    show(value, () -> {});
  }

  boolean isJson() {
    return json || form == Form.json;
  }

  /** Writes a value as JSON for people to look at. */
  static String text(Object value) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    try {
      return Json.writer()
          .with(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
