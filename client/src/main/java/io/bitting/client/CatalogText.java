package io.bitting.client;

/**
 * A catalog as somebody wrote it.
 *
 * @param form YAML or JSON
 * @param text the text
 */
public record CatalogText(Form form, String text) {

  /** How a catalog is written. */
  public enum Form {
    /** YAML. */
    YAML("application/yaml"),
    /** JSON, with the same members. */
    JSON("application/json");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }
}
