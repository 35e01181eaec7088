package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a key issues and verifies: the text {@code "everything"}, or an object. */
public sealed interface ReachForm {

  /** Every API, up to all scopes. */
  record Everything() implements ReachForm {
    @Override
    public Object json() {
      return "everything";
    }
  }

  /**
   * The APIs named.
   *
   * @param issue for which APIs keys may be issued, and up to which scopes
   * @param verify the APIs whose tokens may be verified
   */
  record Limited(List<Issuable> issue, List<String> verify) implements ReachForm {
    /** Copies the lists. */
    public Limited {
      issue = List.copyOf(issue);
      verify = List.copyOf(verify);
    }

    @Override
    public Object json() {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("issue", issue);
      members.put("verify", verify);
      return members;
    }
  }

  /**
   * The most that a key of an API may be granted. Exactly one of the two members is written.
   *
   * @param api the API
   * @param scopes its scopes; null for all
   * @param allScopes true for all scopes; null for those named
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Issuable(String api, @Nullable List<String> scopes, @Nullable Boolean allScopes) {
    /**
     * Names scopes.
     *
     * @param api the API
     * @param scopes at least one
     */
    public static Issuable of(String api, List<String> scopes) {
      return new Issuable(api, List.copyOf(scopes), null);
    }

    /**
     * Takes all scopes.
     *
     * @param api the API
     */
    public static Issuable all(String api) {
      return new Issuable(api, null, true);
    }
  }

  /** Returns what is written. */
  @JsonValue
  Object json();

  /**
   * Reads either form. What is missing counts as nothing.
   *
   * @param node the JSON
   * @throws IllegalArgumentException if it is neither
   */
  @JsonCreator
  static ReachForm from(JsonNode node) {
    if (node.isTextual() && node.textValue().equals("everything")) {
      return new Everything();
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("a reach is \"everything\" or an object");
    }
    List<Issuable> issue = new ArrayList<>();
    for (JsonNode each : node.path("issue")) {
      String api = each.path("api").asText();
      issue.add(
          each.path("all_scopes").asBoolean()
              ? Issuable.all(api)
              : Issuable.of(api, texts(each.path("scopes"))));
    }
    return new Limited(issue, texts(node.path("verify")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list) {
      texts.add(each.asText());
    }
    return texts;
  }
}
