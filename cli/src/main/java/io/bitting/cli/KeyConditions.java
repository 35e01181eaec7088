package io.bitting.cli;

import io.bitting.client.KeyQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which keys are meant. */
final class KeyConditions {
  private static final Pattern LENGTH_OF_TIME = Pattern.compile("[0-9]{1,6}[smhd]|P.+");

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Keys in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  /** In which state a key may be. */
  enum State {
    active,
    disabled,
    expired,
    revoked
  }

  @Option(names = "--api", paramLabel = "API", description = "Keys of this API.")
  private @Nullable String api;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "Keys whose grant names this scope.")
  private @Nullable String scope;

  @Option(
      names = "--created-by",
      paramLabel = "ID",
      description = "Keys that this key or member made.")
  private @Nullable String createdBy;

  @Option(
      names = "--expires-within",
      paramLabel = "TIME",
      description = "Keys that expire within 7d, 36h.")
  private @Nullable String expiresWithin;

  @Option(
      names = "--unused-for",
      paramLabel = "TIME",
      description = "Keys that nobody used for 90d, 36h, or ever.")
  private @Nullable String unusedFor;

  @Option(names = "--all-scopes", description = "Keys with all scopes.")
  private boolean allScopes;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Keys with this in name, purpose or id.")
  private @Nullable String text;

  @Nullable String api() {
    return api;
  }

  @Nullable String scope() {
    return scope;
  }

  /**
   * Returns them as what a list of keys is asked by.
   *
   * @throws StopException if a length of time is none
   */
  KeyQuery query() {
    checkLengths();
    KeyQuery query = KeyQuery.all();
    query = state == null ? query : query.state(state.name());
    query = api == null ? query : query.api(api);
    query = scope == null ? query : query.scope(scope);
    query = createdBy == null ? query : query.createdBy(createdBy);
    query = expiresWithin == null ? query : query.expiresWithin(expiresWithin);
    query = unusedFor == null ? query : query.unusedFor(unusedFor);
    query = text == null ? query : query.text(text);
    return allScopes ? query.allScopes(true) : query;
  }

  /**
   * Returns them by the names that the server knows them by; empty if none is given.
   *
   * @throws StopException if a length of time is none
   */
  Map<String, Object> given() {
    checkLengths();
    Map<String, Object> given = new LinkedHashMap<>();
    put(given, "state", state == null ? null : state.name());
    put(given, "api", api);
    put(given, "scope", scope);
    put(given, "created_by", createdBy);
    put(given, "expires_within", expiresWithin);
    put(given, "unused_for", unusedFor);
    put(given, "q", text);
    if (allScopes) {
      given.put("all_scopes", true);
    }
    return given;
  }

  private void checkLengths() {
    checkLength("--expires-within", expiresWithin);
    checkLength("--unused-for", unusedFor);
  }

  private static void checkLength(String option, @Nullable String text) {
    if (text != null && !LENGTH_OF_TIME.matcher(text).matches()) {
      throw StopException.usage(
          option + " is \"" + text + "\", which is no length of time",
          "Give 7d, 36h, 90m, 30s or P7D.");
    }
  }

  private static void put(Map<String, Object> given, String name, @Nullable String value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
