package io.bitting.server.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.MatchingRevocationAnswer;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.key.Key;
import io.bitting.key.KeyState;
import io.bitting.key.Revocation;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Revokes every key that a filter leaves: all of them or none. First as a plan, which says how many
 * and which; then with that number, so that nobody revokes more than was looked at.
 */
public final class RevokeMatchingKeys implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "revokeMatchingKeys",
          "POST",
          "/v1/organizations/{org}/api-keys/revoke",
          Requirement.allOf("keys:manage", "keys:read"));

  private static final String UNUSED_FOR = "unused_for";

  /** What a filter may ask for. */
  private static final List<String> CONDITIONS =
      Stream.concat(ListKeys.FILTERS.stream(), Stream.of(UNUSED_FOR)).toList();

  /** What one transaction writes in a few seconds. */
  static final int KEYS_MAX = 1_000;

  private final Acting acting;
  private final UnusedKeys unusedKeys;
  private final Clock clock;

  /** Which keys are asked for. */
  private record Condition(KeyFilter filter, Optional<Instant> unusedSince) {}

  /** What is asked for. */
  private record Asked(
      Optional<Condition> condition,
      Revocation why,
      boolean isPlan,
      Optional<Integer> count,
      Instant now,
      List<Fault> faults) {}

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param usage tells when keys were last used
   * @param clock tells the time
   */
  public RevokeMatchingKeys(Acting acting, UsageReader usage, Clock clock) {
    this.acting = acting;
    this.unusedKeys = new UnusedKeys(usage);
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Asked asked = read(call.json(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Optional<Set<KeyId>> unused = unused(call, asked);
    List<KeyId> concerned = new ArrayList<>();
    return acting.restrict(
        call,
        ROUTE,
        concerned,
        (writer, caller) -> {
          concerned.clear();
          return revoke(writer, caller, call, asked, unused, concerned);
        },
        answer -> Answer.json(200, answer));
  }

  /** Asks the ledger before the transaction, which does not wait for it. */
  private Optional<Set<KeyId>> unused(Call call, Asked asked) {
    if (!asked.faults().isEmpty()) {
      return Optional.empty();
    }
    return asked
        .condition()
        .flatMap(condition ->
            condition
                .unusedSince()
                .map(since ->
                    acting.look(
                        call,
                        (reader, own) ->
                            keys(
                                    reader,
                                    own,
                                    condition.filter(),
                                    page -> unusedKeys.among(page, since))
                                .stream()
                                .map(Key::id)
                                .collect(Collectors.toSet()))));
  }

  private static Asked read(JsonNode body, Instant now) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(body, "", faults)) {
      fields.requireMember("filter");
      Optional<Condition> condition =
          fields.node("filter").flatMap(node -> condition(node, now, fields, faults));
      Revocation why = KeyForm.revocation(fields);
      boolean plan = fields.optionalFlag("plan").orElse(false);
      Optional<Integer> count = fields.optionalNumber("confirm_count", 0, KEYS_MAX);
      if (!plan && !fields.has("confirm_count")) {
        fields.fault(
            "confirm_count",
            "member_missing",
            "neither \"plan\" nor \"confirm_count\" is given; a plan says how many keys it would be",
            "send \"plan\": true first, then \"confirm_count\" with its count");
      }
      return new Asked(condition, why, plan, count, now, faults);
    }
  }

  /** Reads the parameters of a list of keys, out of an object. */
  private static Optional<Condition> condition(
      JsonNode node, Instant now, Fields fields, List<Fault> faults) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    try (Fields given = new Fields(node, "/filter", faults)) {
      for (String name : CONDITIONS) {
        if (name.equals("all_scopes")) {
          given
              .optionalFlag(name)
              .ifPresent(flag -> parameters.put(name, List.of(String.valueOf(flag))));
        } else {
          given.optionalText(name).ifPresent(text -> parameters.put(name, List.of(text)));
        }
      }
    }
    if (parameters.isEmpty()) {
      fields.fault(
          "filter",
          "filter_empty",
          "the filter has no condition, so that it would leave every key",
          "give at least one of " + String.join(", ", CONDITIONS));
      return Optional.empty();
    }
    Query query = new Query(parameters);
    Condition condition =
        new Condition(ListKeys.filter(query, now), query.duration(UNUSED_FOR).map(now::minus));
    query
        .mistakes()
        .forEach((name, mistake) ->
            fields.fault(
                "filter/" + name,
                "value_out_of_range",
                "\"" + name + "\" " + mistake,
                "give values as a list of keys takes them"));
    return Optional.of(condition);
  }

  private Step<MatchingRevocationAnswer> revoke(
      Writer writer,
      ActingCaller caller,
      Call call,
      Asked asked,
      Optional<Set<KeyId>> unused,
      List<KeyId> concerned) {
    Organization own = caller.organization();
    if (!Acting.isNamed(own, call.path("org"))) {
      return Step.notFound();
    }
    if (!asked.faults().isEmpty() || asked.condition().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(asked.faults())));
    }
    List<Key> keys =
        keys(
            writer,
            own,
            asked.condition().get().filter(),
            page ->
                page.stream()
                    .filter(row ->
                        unused.isEmpty() || unused.get().contains(row.unchecked().key().id()))
                    .toList());
    if (keys.size() > KEYS_MAX) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "The filter leaves more than "
              + KEYS_MAX
              + " keys, the most that are revoked at once; make it narrower.");
    }
    if (!asked.isPlan() && asked.count().orElse(-1) != keys.size()) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "The filter leaves "
              + keys.size()
              + " keys now, and confirm_count is "
              + asked.count().orElse(-1)
              + "; nothing was changed. Look at a plan again.");
    }
    if (!asked.isPlan()) {
      for (Key key : keys) {
        concerned.add(key.id());
        revoke(writer, caller, call, key, asked);
      }
    }
    return Step.done(
        new MatchingRevocationAnswer(
            asked.isPlan(),
            keys.size(),
            caller
                .key()
                .filter(asking -> keys.stream().anyMatch(key -> key.id().equals(asking)))
                .isPresent(),
            keys.stream().map(key -> key.id().text()).toList()));
  }

  /**
   * Finds keys, one more than are revoked at once at the least. What was altered behind the
   * product's back is not changed.
   *
   * @param narrower leaves some of those that the filter leaves
   */
  private static List<Key> keys(
      Reader reader,
      Organization own,
      KeyFilter filter,
      UnaryOperator<List<Sealed<KeyRow>>> narrower) {
    List<Key> keys = new ArrayList<>();
    Optional<KeyFilter.After> after = Optional.empty();
    while (keys.size() <= KEYS_MAX) {
      List<Sealed<KeyRow>> page = reader.keys(own.id(), filter, after, Query.LIMIT_MAX);
      narrower.apply(page).stream()
          .flatMap(row -> row.intact().stream())
          .map(KeyRow::key)
          .filter(key -> key.state() != KeyState.REVOKED)
          .forEach(keys::add);
      if (page.size() < Query.LIMIT_MAX) {
        break;
      }
      Key last = page.getLast().unchecked().key();
      after = Optional.of(new KeyFilter.After(last.createdAt(), last.id()));
    }
    return keys;
  }

  private static void revoke(Writer writer, ActingCaller caller, Call call, Key key, Asked asked) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    Revoking.revoke(writer, key, asked.now(), asked.why(), changes);
    writer.audit(
        AuditChain.of(key.organization()),
        caller.act(call, Revoking.ACTION, new AuditEvent.Target("key", key.id().text()), changes),
        call.source());
  }
}
