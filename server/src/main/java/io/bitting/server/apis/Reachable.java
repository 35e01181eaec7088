package io.bitting.server.apis;

import io.bitting.client.protocol.OperationsChange;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.operation.OperationsDifference;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations the keys of an API could call more, or less, under other operations.
 *
 * @param byGrant the operations gained, or lost, by each grant that gains or loses
 * @param total how many keys have such a grant
 */
record Reachable(Map<GrantId, List<String>> byGrant, long total) {
  private static final int KEYS_SHOWN_MAX = 100;
  private static final int OPERATIONS_SHOWN_MAX = 20;

  /** What is gained and what is lost. */
  record Moved(Reachable gained, Reachable lost) {}

  /**
   * What happens to the requirement of operations.
   *
   * @param before the requirement so far; empty if the operation is new
   * @param after the requirement from now on; empty if the operation is gone
   */
  private record Shift(Optional<Requirement> before, Optional<Requirement> after) {}

  /** Works it out; keys that were revoked gain and lose nothing. */
  static Moved between(
      Reader reader, ApiId api, Optional<Catalog> catalog, OperationsDifference difference) {
    Map<Shift, List<String>> shifts = shifts(difference);
    Map<GrantId, List<String>> gained = new HashMap<>();
    Map<GrantId, List<String>> lost = new HashMap<>();
    long gaining = 0;
    long losing = 0;
    for (Map.Entry<Grant, Long> use : reader.grantsInUse(api).entrySet()) {
      Set<Scope> held = catalog.<Set<Scope>>map(use.getKey().scopes()::covered).orElse(Set.of());
      List<String> more = new ArrayList<>();
      List<String> less = new ArrayList<>();
      shifts.forEach((shift, names) -> {
        boolean could = isMet(shift.before(), held);
        boolean can = isMet(shift.after(), held);
        if (could != can) {
          (can ? more : less).addAll(names);
        }
      });
      if (!more.isEmpty()) {
        gained.put(use.getKey().id(), more);
        gaining += use.getValue();
      }
      if (!less.isEmpty()) {
        lost.put(use.getKey().id(), less);
        losing += use.getValue();
      }
    }
    return new Moved(new Reachable(gained, gaining), new Reachable(lost, losing));
  }

  /** Many operations require the same, so that each grant is held against few shifts. */
  private static Map<Shift, List<String>> shifts(OperationsDifference difference) {
    Map<Shift, List<String>> shifts = new LinkedHashMap<>();
    difference
        .added()
        .forEach(each -> add(shifts, Optional.empty(), Optional.of(each.requirement()), each));
    difference
        .removed()
        .forEach(each -> add(shifts, Optional.of(each.requirement()), Optional.empty(), each));
    difference
        .changed()
        .forEach(each ->
            add(
                shifts,
                Optional.of(each.before()),
                Optional.of(each.operation().requirement()),
                each.operation()));
    return shifts;
  }

  private static void add(
      Map<Shift, List<String>> shifts,
      Optional<Requirement> before,
      Optional<Requirement> after,
      Operation operation) {
    shifts
        .computeIfAbsent(new Shift(before, after), any -> new ArrayList<>())
        .add(operation.name());
  }

  /** Tells whether a key can call an operation; none can call one that is not there. */
  private static boolean isMet(Optional<Requirement> requirement, Set<Scope> held) {
    return requirement.isPresent()
        && switch (requirement.get()) {
          case Requirement.Scopes scopes -> scopes.isMetBy(held::contains);
          case Requirement.AnyValidKey ignored -> true;
          case Requirement.Anonymous ignored -> true;
          case Requirement.Undeclared ignored -> false;
        };
  }

  boolean isEmpty() {
    return byGrant.isEmpty();
  }

  List<OperationsChange.Affected> shown(Reader reader, Instant now) {
    List<OperationsChange.Affected> shown = new ArrayList<>();
    if (isEmpty()) {
      return shown;
    }
    KeyAnswers answers = new KeyAnswers(reader, now);
    for (Sealed<KeyRow> row : reader.keysWith(byGrant.keySet(), KEYS_SHOWN_MAX)) {
      var key = row.unchecked().key();
      List<String> names = byGrant.getOrDefault(key.grantId(), List.of());
      shown.add(
          new OperationsChange.Affected(
              key.id().text(),
              answers.display(key),
              key.name(),
              key.organization().text(),
              names.stream().limit(OPERATIONS_SHOWN_MAX).toList(),
              names.size()));
    }
    return shown;
  }
}
