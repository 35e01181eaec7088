package io.bitting.server.apis;

import io.bitting.client.protocol.OperationsChange;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
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

  /** Works it out; keys that were revoked gain and lose nothing. */
  static Moved between(
      Reader reader, Optional<Catalog> catalog, Optional<Operations> before, Operations after) {
    Map<GrantId, List<String>> gained = new HashMap<>();
    Map<GrantId, List<String>> lost = new HashMap<>();
    long gaining = 0;
    long losing = 0;
    for (Map.Entry<Grant, Long> use : reader.grantsInUse(after.api()).entrySet()) {
      Set<Scope> held = catalog.<Set<Scope>>map(use.getKey().scopes()::covered).orElse(Set.of());
      Map<String, String> had = before.map(all -> callable(all, held)).orElse(Map.of());
      Map<String, String> has = callable(after, held);
      List<String> more = without(has, had.keySet());
      List<String> less = without(had, has.keySet());
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

  /** Returns the names of the operations that a key can call, by their signatures. */
  private static Map<String, String> callable(Operations operations, Set<Scope> held) {
    Map<String, String> callable = new LinkedHashMap<>();
    for (Operation operation : operations.list()) {
      boolean may =
          switch (operation.requirement()) {
            case Requirement.Scopes scopes -> scopes.isMetBy(held::contains);
            case Requirement.AnyValidKey ignored -> true;
            case Requirement.Anonymous ignored -> true;
            case Requirement.Undeclared ignored -> false;
          };
      if (may) {
        callable.put(operation.signature(), operation.name());
      }
    }
    return callable;
  }

  private static List<String> without(Map<String, String> names, Set<String> signatures) {
    List<String> rest = new ArrayList<>();
    names.forEach((signature, name) -> {
      if (!signatures.contains(signature)) {
        rest.add(name);
      }
    });
    return rest;
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
