package io.bitting.server.console;

import io.bitting.server.http.Call;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.ProblemCode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a form sent: {@code application/x-www-form-urlencoded} in UTF-8. A field that was not sent
 * is empty, as browsers leave out boxes that are not ticked.
 *
 * <p>Immutable; {@code toString} shows nothing of it.
 */
final class Form {
  /** A page with every scope of a large catalog, and room for more. */
  private static final int FIELDS_MAX = 5_000;

  private final Map<String, List<String>> fields;

  private Form(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /**
   * Reads the body of a request.
   *
   * @throws Malformed if it is no such form
   */
  static Form of(Call call) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(java.nio.ByteBuffer.wrap(call.body()))
              .toString();
      Map<String, List<String>> fields =
          new QueryStringDecoder(text, StandardCharsets.UTF_8, false, FIELDS_MAX).parameters();
      // What is not UTF-8 was replaced.
      if (fields.toString().indexOf('\ufffd') < 0) {
        return new Form(fields);
      }
    } catch (CharacterCodingException | IllegalArgumentException e) {
      // Falls through: the message shows the text, which may have a password.
    }
    throw new Malformed(ProblemCode.REQUEST_MALFORMED, "The form is not encoded in UTF-8.");
  }

  /**
   * Returns the value of a field, as it is; line ends as browsers send them become one character.
   *
   * @param name the field
   */
  String text(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0).replace("\r\n", "\n");
  }

  /**
   * Returns all values of a field, in order.
   *
   * @param name the field
   */
  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /**
   * Tells whether a field was sent, whatever is in it.
   *
   * @param name the field
   */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  @Override
  public String toString() {
    return "form";
  }
}
