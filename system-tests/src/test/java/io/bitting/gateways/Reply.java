package io.bitting.gateways;

import io.bitting.server.RawHttp;
import java.util.List;
import java.util.Locale;

/**
 * What a client was answered.
 *
 * @param status 0 if there was no answer that is HTTP
 * @param head its lines before the body
 * @param body the rest
 */
record Reply(int status, List<String> head, String body) {
  static Reply of(RawHttp.Answer answer) {
    String text = answer.text();
    if (!text.matches("(?s)HTTP/1\\.[01] [0-9]{3}[ \r].*")) {
      return new Reply(0, List.of(), text);
    }
    int end = text.indexOf("\r\n\r\n");
    if (text.charAt(9) == '1' && end > 0) {
      // There is more to come.
      return of(new RawHttp.Answer(text.substring(end + 4), answer.closed()));
    }
    String head = end < 0 ? text : text.substring(0, end);
    return new Reply(
        Integer.parseInt(text.substring(9, 12)),
        List.of(head.split("\r\n", -1)),
        end < 0 ? "" : text.substring(end + 4));
  }

  /** Returns the values of a header. */
  List<String> header(String name) {
    return HttpText.values(head, name);
  }

  /** Returns the one value of a header; nothing if there is none, or more than one. */
  String only(String name) {
    List<String> values = header(name.toLowerCase(Locale.ROOT));
    return values.size() == 1 ? values.get(0) : "";
  }
}
