package io.bitting.server.console;

import io.bitting.server.http.Call;
import io.bitting.server.http.FormBody;
import io.bitting.server.http.Malformed;
import java.util.List;

/**
 * What a form sent. A field that was not sent is empty, as browsers leave out boxes that are not
 * ticked.
 *
 * <p>Immutable; {@code toString} shows nothing of it.
 */
final class Form {
  /** The media type of a form with files. */
  static final String WITH_FILES = FormBody.WITH_FILES;

  private static final byte[] NO_FILE = new byte[0];

  private final FormBody body;

  private Form(FormBody body) {
    this.body = body;
  }

  /**
   * Reads the body of a request.
   *
   * @throws Malformed if it is no form
   */
  static Form of(Call call) {
    return new Form(FormBody.of(call));
  }

  /**
   * Returns the value of a field, as it is; line ends as browsers send them become one character.
   *
   * @param name the field
   */
  String text(String name) {
    List<String> values = body.fields().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0).replace("\r\n", "\n");
  }

  /**
   * Returns all values of a field, in order.
   *
   * @param name the field
   */
  List<String> all(String name) {
    return body.fields().getOrDefault(name, List.of());
  }

  /**
   * Returns a file; no bytes if none was chosen.
   *
   * @param name the field
   */
  byte[] file(String name) {
    return body.files().getOrDefault(name, NO_FILE);
  }

  /**
   * Tells whether a field was sent, whatever is in it.
   *
   * @param name the field
   */
  boolean has(String name) {
    return body.fields().containsKey(name);
  }

  @Override
  public String toString() {
    return "form";
  }
}
