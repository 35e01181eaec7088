package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Cursor;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists the keys of an organization, the newest first. */
public final class ListKeys implements Endpoint {
  private static final Route ROUTE =
      Route.get("listKeys", "/v1/organizations/{org}/api-keys", Requirement.allOf("keys:read"));
  private static final int TEXT_MAX = 100;

  /** The parameters that narrow the list. */
  static final List<String> FILTERS =
      List.of("state", "api", "scope", "created_by", "all_scopes", "expires_within", "q");

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param clock tells the time
   */
  public ListKeys(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Instant now = clock.instant();
    Query query = call.query();
    int limit = query.limit();
    KeyFilter filter = filter(query, now);
    Optional<KeyFilter.After> after = query.cursor(ListKeys::place);
    query.check();
    return acting.look(
        call,
        (reader, own) -> {
          if (!Acting.isNamed(own, call.path("org"))) {
            return Answer.problem(Problem.notFound());
          }
          List<Sealed<KeyRow>> rows = reader.keys(own.id(), filter, after, limit + 1);
          KeyAnswers answers = new KeyAnswers(reader, now);
          List<KeyAnswer> items = rows.stream().limit(limit).map(answers::of).toList();
          String next = rows.size() > limit ? cursor(rows.get(limit - 1).unchecked()) : null;
          return Answer.json(200, new Page<>(items, next)).asOf(reader.position());
        });
  }

  /** Reads the parameters of {@link #FILTERS}. */
  static KeyFilter filter(Query query, Instant now) {
    return new KeyFilter(
        now,
        query.value("state", "active, disabled, expired or revoked", ListKeys::state),
        query.value("api", "the id of an API", ApiId::parse),
        query.value("scope", "a scope", Scope::parseToken),
        query.value("created_by", "the id of a key or member", ListKeys::shortText),
        query.flag("all_scopes"),
        query.duration("expires_within").map(now::plus),
        query.value("q", "text of 1 to " + TEXT_MAX + " characters", ListKeys::shortText));
  }

  private static Optional<KeyFilter.ShownState> state(String text) {
    return switch (text) {
      case "active" -> Optional.of(KeyFilter.ShownState.ACTIVE);
      case "disabled" -> Optional.of(KeyFilter.ShownState.DISABLED);
      case "expired" -> Optional.of(KeyFilter.ShownState.EXPIRED);
      case "revoked" -> Optional.of(KeyFilter.ShownState.REVOKED);
      default -> Optional.empty();
    };
  }

  private static Optional<String> shortText(String text) {
    boolean fits = !text.isBlank() && text.length() <= TEXT_MAX && text.indexOf('\0') < 0;
    return fits ? Optional.of(text) : Optional.empty();
  }

  private static String cursor(KeyRow row) {
    return Cursor.encode(row.key().createdAt().toEpochMilli() + "/" + row.key().id());
  }

  private static Optional<KeyFilter.After> place(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || !text.substring(0, slash).matches("[0-9]{1,15}")) {
      return Optional.empty();
    }
    Instant createdAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, slash)));
    return KeyId.parse(text.substring(slash + 1)).map(id -> new KeyFilter.After(createdAt, id));
  }
}
