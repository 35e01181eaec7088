package io.bitting.server.catalogs;

import io.bitting.id.ApiId;
import io.bitting.key.KeyPrefix;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A catalog as somebody wrote it: the API with its name and prefix, and the scopes in their order.
 * What it holds satisfies {@link io.bitting.scope.Catalog#faults}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param api the API
 * @param name what people call it
 * @param prefix what its tokens begin with
 * @param entries the scopes, at least one
 * @param templates scopes that are often wanted together
 */
public record CatalogDocument(
    ApiId api,
    String name,
    KeyPrefix prefix,
    List<CatalogEntry> entries,
    List<Template> templates) {
  /** The greatest length of a text, in bytes of UTF-8. */
  public static final int BYTES_MAX = 1 << 20;

  /** The greatest number of lists and objects within each other. */
  public static final int DEPTH_MAX = 20;

  /** The greatest number of scopes. */
  public static final int SCOPES_MAX = 2_000;

  /** The greatest number of templates. */
  public static final int TEMPLATES_MAX = 50;

  /** Copies the lists. */
  public CatalogDocument {
    entries = List.copyOf(entries);
    templates = List.copyOf(templates);
  }

  /** What came of reading a text. */
  public sealed interface Reading {}

  /**
   * The text is a catalog.
   *
   * @param document what it says
   */
  public record Sound(CatalogDocument document) implements Reading {}

  /**
   * The text is no catalog.
   *
   * @param faults everything that is wrong, at least one, in the order of lines
   */
  public record Faulty(List<CatalogFault> faults) implements Reading {
    /** Copies the list. */
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Reads YAML.
   *
   * @param text any text
   */
  public static Reading parse(String text) {
    return read(text, YamlText::read);
  }

  /**
   * Reads JSON, with the same members.
   *
   * @param text any text
   */
  public static Reading parseJson(String text) {
    return read(text, JsonText::read);
  }

  private static Reading read(String text, Syntax syntax) {
    Faults faults = new Faults();
    try {
      checkLength(text);
      return new CatalogReader(faults).read(syntax.read(text, faults));
    } catch (UnreadableException e) {
      faults.add(e.fault());
      return new Faulty(faults.inOrder());
    }
  }

  private static void checkLength(String text) {
    if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw new UnreadableException(
          new CatalogFault(
              1,
              "",
              CatalogFault.Code.TOO_LARGE,
              "the text is longer than " + BYTES_MAX + " bytes, the most that a catalog may have",
              "shorten the descriptions, or give parts of the API catalogs of their own"));
    }
  }

  /** Takes a text apart. */
  @FunctionalInterface
  private interface Syntax {
    Part read(String text, Faults faults);
  }
}
