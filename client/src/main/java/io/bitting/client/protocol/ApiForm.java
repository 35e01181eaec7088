package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an API, or for another name or key header of one.
 *
 * @param name its name
 * @param prefix how its tokens start; cannot change once the API exists
 * @param keyHeader the header that carries its keys; null to leave it as it is
 */
public record ApiForm(String name, String prefix, @Nullable Header keyHeader) {

  /**
   * A header that carries keys.
   *
   * @param name the header's name; null for no header
   */
  public record Header(@JsonValue @Nullable String name) {
    /** No header but those that every API takes. */
    public static final Header NONE = new Header(null);
  }

  /**
   * Leaves the key header as it is.
   *
   * @param name its name
   * @param prefix how its tokens start
   */
  public ApiForm(String name, String prefix) {
    this(name, prefix, null);
  }
}
