package io.bitting.server.apis;

import io.bitting.client.protocol.CatalogChange;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.Canonical;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which keys could do more under another catalog, and what.
 *
 * @param byGrant the scopes gained by each grant that gains
 * @param total how many keys have such a grant
 */
record Gains(Map<GrantId, SortedSet<Scope>> byGrant, long total) {
  private static final int SHOWN_MAX = 100;

  /** Works out the gains; keys that were revoked gain nothing. */
  static Gains between(Reader reader, Optional<Catalog> before, Catalog after) {
    Map<GrantId, SortedSet<Scope>> gains = new HashMap<>();
    long total = 0;
    for (Map.Entry<Grant, Long> use : reader.grantsInUse(after.api()).entrySet()) {
      SortedSet<Scope> gained = use.getKey().scopes().covered(after);
      before.ifPresent(catalog -> gained.removeAll(use.getKey().scopes().covered(catalog)));
      if (!gained.isEmpty()) {
        gains.put(use.getKey().id(), gained);
        total += use.getValue();
      }
    }
    return new Gains(gains, total);
  }

  boolean isEmpty() {
    return byGrant.isEmpty();
  }

  List<CatalogChange.Gaining> shown(Reader reader, Instant now) {
    List<CatalogChange.Gaining> shown = new ArrayList<>();
    if (isEmpty()) {
      return shown;
    }
    KeyAnswers answers = new KeyAnswers(reader, now);
    for (Sealed<KeyRow> row : reader.keysWith(byGrant.keySet(), SHOWN_MAX)) {
      var key = row.unchecked().key();
      shown.add(
          new CatalogChange.Gaining(
              key.id().text(),
              answers.display(key),
              key.name(),
              key.organization().text(),
              byGrant.getOrDefault(key.grantId(), new TreeSet<>()).stream()
                  .map(Scope::text)
                  .toList()));
    }
    return shown;
  }

  /**
   * Stands for exactly these gains by exactly this catalog, and for the keys that were shown: who
   * confirms it confirms nothing else.
   */
  String confirmation(Catalog after, List<CatalogChange.Gaining> shown) {
    Canonical form =
        Canonical.of("catalog-confirmation")
            .bytes(io.bitting.store.CatalogForm.canonical(after))
            .number(total);
    shown.forEach(key -> form.text(key.id()));
    new TreeMap<String, SortedSet<Scope>>(byText())
        .forEach((id, scopes) -> form.text(id).texts(scopes));
    return form.sha256().hex().substring(0, 32);
  }

  private Map<String, SortedSet<Scope>> byText() {
    Map<String, SortedSet<Scope>> byText = new HashMap<>();
    byGrant.forEach((id, scopes) -> byText.put(id.text(), scopes));
    return byText;
  }
}
