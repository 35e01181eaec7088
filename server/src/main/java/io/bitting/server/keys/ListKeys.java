package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Place;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lists the keys of an organization, the newest first. A page may be short, or empty, where few
 * keys of many are asked for: the next one looks on from there.
 */
public final class ListKeys implements Endpoint {
  private static final Route ROUTE =
      Route.get("listKeys", "/v1/organizations/{org}/api-keys", Requirement.allOf("keys:read"));

  /** The parameters that narrow the list. */
  static final List<String> FILTERS =
      List.of("state", "api", "scope", "created_by", "all_scopes", "expires_within", "q");

  /** How many keys are looked up together in the ledger, and how often for a page. */
  private static final int READ_AT_ONCE = 500;

  private static final int READINGS_MAX = 20;

  /**
   * How many keys a filter looks at for a page, so that one takes as long whoever asks for what.
   */
  private static final int LOOKED_AT_MAX = 5_000;

  private final Acting acting;
  private final UnusedKeys unusedKeys;
  private final LastUses lastUses;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param usage tells when keys were last used
   * @param clock tells the time
   */
  public ListKeys(Acting acting, UsageReader usage, Clock clock) {
    this.acting = acting;
    this.unusedKeys = new UnusedKeys(usage);
    this.lastUses = new LastUses(usage);
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
    Optional<Instant> unusedSince = query.duration("unused_for").map(now::minus);
    Optional<KeyFilter.After> after =
        query.cursor(text ->
            Place.read(text)
                .flatMap(place ->
                    KeyId.parse(place.id()).map(id -> new KeyFilter.After(place.at(), id))));
    query.check();
    Supplier<Answer> listed =
        acting.look(
            call,
            (reader, own) -> {
              if (!Acting.isNamed(own, call.path("org"))) {
                return () -> Answer.problem(Problem.notFound());
              }
              Optional<KeyFilter.After> end =
                  filter.narrows()
                      ? reader.keyPlace(own.id(), after, LOOKED_AT_MAX)
                      : Optional.empty();
              KeyFilter bounded = end.map(filter::until).orElse(filter);
              Found found =
                  unusedSince.isEmpty()
                      ? Found.of(reader.keys(own.id(), bounded, after, limit + 1), limit)
                      : unused(reader, own.id(), bounded, after, limit, unusedSince.get());
              List<KeyAnswer> items = new KeyAnswers(reader, now).all(found.rows());
              String next = found.last().or(() -> end).map(ListKeys::cursor).orElse(null);
              Position asOf = reader.position();
              return () -> Answer.json(200, new Page<>(lastUses.in(items), next)).asOf(asOf);
            });
    return listed.get();
  }

  /**
   * Keys for a page.
   *
   * @param rows the keys
   * @param last the place after which the list goes on; empty if nothing more was found
   */
  private record Found(List<Sealed<KeyRow>> rows, Optional<KeyFilter.After> last) {
    static Found of(List<Sealed<KeyRow>> rows, int limit) {
      return rows.size() > limit
          ? new Found(rows.subList(0, limit), Optional.of(placeOf(rows.get(limit - 1).unchecked())))
          : new Found(rows, Optional.empty());
    }
  }

  private static KeyFilter.After placeOf(KeyRow row) {
    return new KeyFilter.After(row.key().createdAt(), row.key().id());
  }

  /**
   * The ledger is another database, so that keys are read and looked up in turn. A page may be
   * short where few keys of many were not used.
   */
  private Found unused(
      Reader reader,
      OrganizationId organization,
      KeyFilter filter,
      Optional<KeyFilter.After> after,
      int limit,
      Instant since) {
    List<Sealed<KeyRow>> unused = new ArrayList<>();
    Optional<KeyFilter.After> place = after;
    for (int i = 0; i < READINGS_MAX; i++) {
      List<Sealed<KeyRow>> rows = reader.keys(organization, filter, place, READ_AT_ONCE);
      unused.addAll(unusedKeys.among(rows, since));
      if (unused.size() > limit) {
        return Found.of(unused, limit);
      }
      if (rows.size() < READ_AT_ONCE) {
        return new Found(unused, Optional.empty());
      }
      KeyRow last = rows.getLast().unchecked();
      if (i == READINGS_MAX - 1) {
        return new Found(unused, Optional.of(placeOf(last)));
      }
      place = Optional.of(placeOf(last));
    }
    throw new IllegalStateException("a list of keys was read without end");
  }

  /** Reads the parameters of {@link #FILTERS}. */
  static KeyFilter filter(Query query, Instant now) {
    return new KeyFilter(
        now,
        query.value("state", "active, disabled, expired or revoked", ListKeys::state),
        query.value("api", "the id of an API", ApiId::parse),
        query.value("scope", "a scope", Scope::parseToken),
        query.shortText("created_by", "the id of a key or member"),
        query.flag("all_scopes"),
        query.duration("expires_within").map(now::plus),
        query.searched());
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

  private static String cursor(KeyFilter.After place) {
    return new Place(place.createdAt(), place.id().text()).cursor();
  }
}
