package io.bitting.server.acting;

import io.bitting.id.KeyId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import io.bitting.server.http.Call;
import io.bitting.server.http.Caller;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * A request that its caller named by {@code Idempotency-Key}, so that it can be sent again without
 * being carried out again. What the header has is kept as a digest only: somebody may take a secret
 * for a name.
 *
 * @param name digest of the caller's key and the name that it chose, which is its own affair
 * @param payload digest of method, target and body, as they were sent
 * @param caller the key that asks
 */
record NamedRequest(Bytes name, Bytes payload, KeyId caller) {
  private static final String HEADER = "Idempotency-Key";
  private static final int LENGTH_MAX = 255;

  /**
   * Reads the name of a request.
   *
   * @return empty if it has none, or no key asks
   * @throws Malformed if the header is not one String of RFC 9651, section 3.3.3
   */
  static Optional<NamedRequest> of(Call call) {
    List<String> values = call.headers().all(HEADER);
    if (values.isEmpty() || !(call.caller() instanceof Caller.Key asking)) {
      return Optional.empty();
    }
    String chosen =
        (values.size() == 1 ? text(values.get(0).strip()) : Optional.<String>empty())
            .filter(text -> !text.isEmpty() && text.length() <= LENGTH_MAX)
            .orElseThrow(() ->
                new Malformed(
                    ProblemCode.IDEMPOTENCY_KEY_MALFORMED,
                    "The header Idempotency-Key is not one text in double quotes of 1 to "
                        + LENGTH_MAX
                        + " printable ASCII characters; nothing was changed."));
    KeyId caller = asking.key().id();
    return Optional.of(
        new NamedRequest(
            Canonical.of("request-name").text(caller.text()).text(chosen).sha256(),
            Canonical.of("request-payload")
                .text(call.method())
                .text(call.target())
                .bytes(call.body())
                .sha256(),
            caller));
  }

  /** Reads a String: printable ASCII in quotes, in which quote and backslash are escaped. */
  private static Optional<String> text(String value) {
    int end = value.length() - 1;
    if (end < 1 || value.charAt(0) != '"' || value.charAt(end) != '"') {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < end; i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        c = value.charAt(i);
        if (i == end || (c != '"' && c != '\\')) {
          return Optional.empty();
        }
      } else if (c == '"' || c < ' ' || c > '~') {
        return Optional.empty();
      }
      text.append(c);
    }
    return Optional.of(text.toString());
  }
}
