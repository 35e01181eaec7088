package io.bitting.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.id.ApiId;
import io.bitting.issue.Fault;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.scope.Spelling;
import io.bitting.server.http.Fields;
import io.bitting.server.http.IpAddress;
import io.bitting.usage.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A check as it is asked for.
 *
 * @param token the token, untrusted; not shown by {@code toString}
 * @param api the API
 * @param asked what about
 * @param origin where the request came from, as the verifier says
 */
record CheckForm(String token, ApiId api, Asked asked, Origin origin) {
  private static final int SCOPES_MAX = 100;

  /** What is asked about. */
  sealed interface Asked {}

  /**
   * A requirement that the caller knows.
   *
   * @param requirement the requirement
   */
  record Required(Requirement requirement) implements Asked {}

  /**
   * An operation whose requirement Bitting knows.
   *
   * @param method the HTTP method
   * @param target the request target
   */
  record Called(String method, String target) implements Asked {}

  @Override
  public String toString() {
    return "CheckForm[" + api + "]";
  }

  /** Reads it; empty if there are faults. */
  static Optional<CheckForm> read(JsonNode body, String at, List<Fault> faults) {
    int before = faults.size();
    String token;
    String api;
    Asked asked;
    Origin origin;
    try (Fields fields = new Fields(body, at, faults)) {
      token = fields.text("token");
      api = fields.text("api");
      asked = asked(fields);
      origin = fields.fields("source").map(CheckForm::origin).orElse(Origin.UNKNOWN);
    }
    Optional<ApiId> id = ApiId.parse(api);
    if (faults.size() == before && id.isEmpty()) {
      faults.add(
          new Fault(
              at + "/api",
              "api_unknown",
              "there is no API \"" + Spelling.printable(api) + "\"",
              "use the id of an API"));
    }
    return faults.size() > before || id.isEmpty() || asked == null
        ? Optional.empty()
        : Optional.of(new CheckForm(token, id.get(), asked, origin));
  }

  private static @Nullable Asked asked(Fields fields) {
    boolean required = fields.has("required_scopes");
    boolean anyOf = fields.has("any_of");
    boolean anyKey = fields.has("any_valid_key");
    boolean operation = fields.has("operation");
    int given = (required ? 1 : 0) + (anyOf ? 1 : 0) + (anyKey ? 1 : 0) + (operation ? 1 : 0);
    if (given != 1) {
      fields.fault(
          "required_scopes",
          given == 0 ? "requirement_missing" : "requirement_ambiguous",
          given == 0
              ? "the check requires nothing; a requirement is never left out"
              : "the check has " + given + " requirements; it has one",
          "give exactly one of required_scopes, any_of, operation and any_valid_key");
    }
    if (anyKey) {
      Optional<Boolean> flag = fields.optionalFlag("any_valid_key");
      if (flag.isPresent() && !flag.get()) {
        fields.fault(
            "any_valid_key",
            "value_out_of_range",
            "any_valid_key is false; it is true or left out",
            "leave it out and name scopes");
      }
    }
    Optional<SortedSet<Scope>> all =
        required
            ? scopes(fields, "required_scopes", fields.texts("required_scopes"))
            : Optional.empty();
    List<SortedSet<Scope>> alternatives = anyOf ? alternatives(fields) : List.of();
    Optional<Called> called = operation ? called(fields) : Optional.empty();
    if (given != 1) {
      return null;
    }
    if (operation) {
      return called.orElse(null);
    }
    if (anyKey) {
      return new Required(new Requirement.AnyValidKey());
    }
    if (required) {
      return all.map(scopes -> new Required(new Requirement.Scopes(List.of(scopes)))).orElse(null);
    }
    return alternatives.isEmpty() ? null : new Required(new Requirement.Scopes(alternatives));
  }

  private static Optional<Called> called(Fields fields) {
    return fields
        .fields("operation")
        .map(given -> {
          try (given) {
            return new Called(given.text("method"), given.text("path"));
          }
        });
  }

  private static List<SortedSet<Scope>> alternatives(Fields fields) {
    List<SortedSet<Scope>> alternatives = new ArrayList<>();
    Optional<List<JsonNode>> elements = fields.elements("any_of");
    if (elements.isEmpty()) {
      return alternatives;
    }
    if (elements.get().isEmpty() || elements.get().size() > SCOPES_MAX) {
      empty(fields, "any_of", elements.get().size());
    }
    for (int i = 0; i < elements.get().size(); i++) {
      String name = "any_of/" + i;
      JsonNode element = elements.get().get(i);
      if (!element.isArray()) {
        fields.fault(
            name,
            "type_wrong",
            "the alternative is not a list; it is to be a list of scopes",
            "send a list");
        continue;
      }
      List<String> names = new ArrayList<>();
      for (int j = 0; j < element.size(); j++) {
        fields.textOf(element.get(j), name + "/" + j).ifPresent(names::add);
      }
      if (names.size() == element.size()) {
        scopes(fields, name, Optional.of(names)).ifPresent(alternatives::add);
      }
    }
    return alternatives;
  }

  private static Optional<SortedSet<Scope>> scopes(
      Fields fields, String name, Optional<List<String>> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (names.get().isEmpty() || names.get().size() > SCOPES_MAX) {
      empty(fields, name, names.get().size());
      return Optional.empty();
    }
    SortedSet<Scope> scopes = new TreeSet<>();
    for (int i = 0; i < names.get().size(); i++) {
      Optional<Scope> scope = Scope.parseToken(names.get().get(i));
      if (scope.isPresent()) {
        scopes.add(scope.get());
      } else {
        fields.fault(
            name + "/" + i,
            "scope_malformed",
            Spelling.fault(names.get().get(i)).orElse("the scope is not well-formed"),
            "send the scope that the operation requires");
      }
    }
    return scopes.isEmpty() ? Optional.empty() : Optional.of(scopes);
  }

  private static void empty(Fields fields, String name, int size) {
    if (size == 0) {
      fields.fault(
          name,
          "requirement_empty",
          "the list is empty; an empty requirement is never taken for any valid key",
          "name scopes, or send any_valid_key");
    } else {
      fields.fault(
          name,
          "value_out_of_range",
          "the list has " + size + " entries; at most " + SCOPES_MAX + " are allowed",
          "send fewer");
    }
  }

  private static Origin origin(Fields source) {
    try (source) {
      Optional<String> ip = source.optionalText("ip");
      ip.ifPresent(address -> {
        if (!IpAddress.isLiteral(address)) {
          source.fault(
              "ip",
              "value_out_of_range",
              "ip is \"" + Spelling.printable(address) + "\"; it is to be an IPv4 or IPv6 address",
              "send the caller's address");
        }
      });
      return new Origin(ip.orElse(""), source.optionalText("user_agent").orElse(""));
    }
  }
}
