package io.bitting.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A catalog, a grant and its traffic as plain sets of names: what the review is compared with. It
 * knows nothing of the product's own types.
 */
final class PlainReview {
  /** Where a call goes. */
  enum Called {
    OWN_API,
    BITTING
  }

  /** One scope: its level 0 to 2, whether it is Bitting's own by inclusion, what it implies. */
  record PlainScope(int level, boolean included, boolean retired, Set<String> implies) {}

  /** One call that was made: where, and what it asked for; no alternatives is any valid key. */
  record PlainCall(Called called, List<Set<String>> alternatives) {}

  private static final List<String> BUILT_IN =
      List.of("org:read", "keys:read", "keys:manage", "audit:read", "organizations:read");
  private static final Set<String> INSTALLATION = Set.of("organizations:read");

  final Map<String, PlainScope> scopes = new LinkedHashMap<>();
  final boolean all;
  final Set<String> named = new HashSet<>();
  final List<PlainCall> calls = new ArrayList<>();

  PlainReview(SplittableRandom random) {
    int own = random.nextInt(1, 12);
    List<String> before = new ArrayList<>();
    for (int i = 0; i < own; i++) {
      Set<String> implies = new HashSet<>();
      while (!before.isEmpty() && random.nextInt(3) == 0) {
        implies.add(before.get(random.nextInt(before.size())));
      }
      String name = "s" + i;
      scopes.put(name, new PlainScope(random.nextInt(3), false, random.nextInt(25) == 0, implies));
      before.add(name);
    }
    for (String name : BUILT_IN) {
      int kind = random.nextInt(6);
      if (kind == 0 && !INSTALLATION.contains(name)) {
        scopes.put(name, new PlainScope(0, true, false, Set.of()));
      } else if (kind == 1) {
        scopes.put(name, new PlainScope(random.nextInt(3), false, false, Set.of()));
      }
    }
    all = random.nextInt(4) == 0;
    List<String> names = List.copyOf(scopes.keySet());
    while (!all && (named.isEmpty() || random.nextInt(4) != 0)) {
      named.add(names.get(random.nextInt(names.size())));
    }
    for (int i = random.nextInt(14); i > 0; i--) {
      calls.add(call(random, names));
    }
  }

  private PlainCall call(SplittableRandom random, List<String> names) {
    Called called = random.nextInt(4) == 0 ? Called.BITTING : Called.OWN_API;
    List<Set<String>> alternatives = new ArrayList<>();
    if (random.nextInt(10) != 0) {
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        Set<String> together = new HashSet<>();
        while (together.isEmpty() || random.nextInt(4) == 0) {
          together.add(
              called == Called.BITTING || random.nextInt(6) == 0
                  ? BUILT_IN.get(random.nextInt(BUILT_IN.size()))
                  : names.get(random.nextInt(names.size())));
        }
        alternatives.add(together);
      }
    }
    return new PlainCall(called, alternatives);
  }

  Set<String> granted() {
    return all ? scopes.keySet() : named;
  }

  /** What some scopes cover. */
  Set<String> covered(Set<String> names) {
    Set<String> covered = new HashSet<>();
    for (String name : names) {
      PlainScope scope = scopes.get(name);
      if (scope != null && covered.add(name)) {
        covered.addAll(covered(scope.implies()));
      }
    }
    return covered;
  }

  /** Whether a key of some scopes is allowed to make a call. */
  boolean allows(Set<String> names, PlainCall call) {
    Set<String> held = covered(names);
    if (call.called() == Called.BITTING) {
      if (scopes.values().stream().noneMatch(PlainScope::included)) {
        return false;
      }
      held.removeIf(name -> !scopes.get(name).included());
    }
    return call.alternatives().isEmpty()
        || call.alternatives().stream().anyMatch(held::containsAll);
  }
}
