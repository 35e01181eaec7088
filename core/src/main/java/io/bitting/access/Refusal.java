package io.bitting.access;

import io.bitting.id.KeyId;
import io.bitting.scope.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What an HTTP caller is told when a request is refused: a status, a challenge (RFC 6750, section
 * 3) and a problem (RFC 9457).
 *
 * <p><b>Security guarantees.</b> Equal for every credential that was not proved. Names what is
 * required and missing, never what a key has.
 *
 * @param status the HTTP status
 * @param code the stable word for the kind of problem, which its documentation page is named by
 * @param title the kind of problem in words
 * @param detail this problem in a sentence
 * @param challenge the value of {@code WWW-Authenticate}, if the answer has one
 * @param required the scopes that the operation needs; empty unless scopes decided
 * @param missing those of them that the key lacks
 * @param replaceable the key in whose place one with the missing scopes would do; empty unless its
 *     whole secret was proved and scopes decided
 */
public record Refusal(
    int status,
    String code,
    String title,
    String detail,
    Optional<String> challenge,
    SortedSet<Scope> required,
    SortedSet<Scope> missing,
    Optional<KeyId> replaceable) {

  /**
   * Describes a refusal that no other key of the caller's would mend.
   *
   * @param status the HTTP status
   * @param code the stable word for the kind of problem
   * @param title the kind of problem in words
   * @param detail this problem in a sentence
   * @param challenge the value of {@code WWW-Authenticate}, if the answer has one
   * @param required the scopes that the operation needs; empty unless scopes decided
   * @param missing those of them that the key lacks
   */
  public Refusal(
      int status,
      String code,
      String title,
      String detail,
      Optional<String> challenge,
      SortedSet<Scope> required,
      SortedSet<Scope> missing) {
    this(status, code, title, detail, challenge, required, missing, Optional.empty());
  }

  /**
   * Writes the problem as JSON.
   *
   * @param base the address that the documentation pages are under, without a slash at its end
   * @param requestId names the request
   */
  public String toJson(String base, String requestId) {
    return toJson(base, requestId, Optional.empty());
  }

  /**
   * Writes the problem as JSON, with a link to where a person can mend it. The link holds no secret
   * and grants nothing: whoever follows it signs in first.
   *
   * @param base the address that the documentation pages are under, without a slash at its end
   * @param requestId names the request
   * @param console the address that the console is under, without a slash at its end; empty where
   *     there is none
   */
  public String toJson(String base, String requestId, Optional<String> console) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"type\":").append(quoted(base + "/errors/" + code));
    json.append(",\"title\":").append(quoted(title));
    json.append(",\"status\":").append(status);
    json.append(",\"code\":").append(quoted(code));
    json.append(",\"detail\":").append(quoted(detail));
    if (!required.isEmpty()) {
      append(json.append(",\"required_scopes\":"), required);
      append(json.append(",\"missing_scopes\":"), missing);
    }
    if (console.isPresent() && replaceable.isPresent()) {
      json.append(",\"fix\":")
          .append(quoted(console.get() + "/keys/new?replaces=" + replaceable.get() + added()));
    }
    return json.append(",\"request_id\":").append(quoted(requestId)).append('}').toString();
  }

  /** Separated by a space, as in RFC 6749, section 3.3; a colon may stand in a query as it is. */
  private String added() {
    String scopes = missing.stream().map(Scope::text).collect(Collectors.joining(" "));
    return "&add=" + URLEncoder.encode(scopes, StandardCharsets.UTF_8).replace("%3A", ":");
  }

  private static void append(StringBuilder json, SortedSet<Scope> scopes) {
    json.append('[');
    String separator = "";
    for (Scope scope : scopes) {
      json.append(separator).append(quoted(scope.text()));
      separator = ",";
    }
    json.append(']');
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20
          || (c >= 0x7f && c <= 0x9f)
          || Character.isSurrogate(c)
          || c == 0x2028
          || c == 0x2029) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
