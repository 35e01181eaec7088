package io.bitting.review;

import io.bitting.access.Powers;
import io.bitting.grant.Grant;
import io.bitting.id.ApiId;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.Use;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Asks once more what was asked of a key, of other grants in place of the one it has. What was
 * asked on Bitting's own API, of a key of a product whose catalog includes scopes of Bitting, is
 * asked as Bitting asks it: a scope of the product that only has the name of one of Bitting's does
 * not count there.
 *
 * <p>Immutable and thread-safe.
 */
final class Replay {
  private final Grant present;
  private final Catalog catalog;
  private final Organization organization;
  private final Powered before;

  /** What was asked. */
  record Need(ApiId api, Requirement requirement) {
    static Need of(Use use) {
      return new Need(use.api(), use.requirement());
    }
  }

  /** What a grant permits on its own API and on Bitting's. */
  record Powered(Predicate<Scope> onOwnApi, Predicate<Scope> onBitting) {}

  /**
   * Prepares to ask.
   *
   * @param present the grant that the key has
   * @param catalog the catalog of its API
   * @param organization whose it is
   * @throws IllegalArgumentException if the catalog is of another API
   */
  Replay(Grant present, Catalog catalog, Organization organization) {
    if (!catalog.api().equals(present.api())) {
      throw new IllegalArgumentException(
          "the catalog is of " + catalog.api() + ", the grant of " + present.api());
    }
    this.present = present;
    this.catalog = catalog;
    this.organization = organization;
    this.before = powered(present);
  }

  /** Works out what another grant of the same API permits. Costs a walk over the catalog. */
  Powered powered(Grant grant) {
    return new Powered(
        Powers.onOwnApi(grant, catalog, organization),
        Powers.onBitting(grant, catalog, organization));
  }

  Grant present() {
    return present;
  }

  Catalog catalog() {
    return catalog;
  }

  /** Returns every scope that counts for the key on its own API, implied ones too. */
  SortedSet<Scope> held() {
    return held(before);
  }

  /** Returns every scope that would count with another grant of the same API. */
  SortedSet<Scope> heldWith(Grant grant) {
    return held(powered(grant));
  }

  private SortedSet<Scope> held(Powered powered) {
    SortedSet<Scope> held = new TreeSet<>(catalog.scopes());
    held.removeIf(powered.onOwnApi().negate());
    return held;
  }

  /** Tells whether another grant of the same API meets all of some needs. */
  boolean meetsAll(Grant grant, Collection<Need> needs) {
    Powered after = powered(grant);
    return needs.stream().allMatch(need -> missing(need, after).isEmpty());
  }

  /** Names what is missing of the alternative that is nearest; empty if the need is met. */
  Optional<SortedSet<Scope>> missing(Need need, Powered after) {
    if (need.requirement() instanceof Requirement.AnyValidKey
        || need.requirement() instanceof Requirement.Anonymous) {
      return Optional.empty();
    }
    if (!(need.requirement() instanceof Requirement.Scopes scopes)) {
      return Optional.of(new TreeSet<>());
    }
    Predicate<Scope> held = held(need.api(), after);
    if (scopes.isMetBy(held)) {
      return Optional.empty();
    }
    SortedSet<Scope> fewest = null;
    for (SortedSet<Scope> alternative : scopes.alternatives()) {
      SortedSet<Scope> lacking = new TreeSet<>(alternative);
      lacking.removeIf(held);
      if (fewest == null || lacking.size() < fewest.size()) {
        fewest = lacking;
      }
    }
    return Optional.of(fewest == null ? new TreeSet<>() : fewest);
  }

  /** What counts on an API; nothing on those that do not know the key. */
  private Predicate<Scope> held(ApiId api, Powered powered) {
    if (api.equals(catalog.api())) {
      return powered.onOwnApi();
    }
    return api.isBuiltIn() ? powered.onBitting() : scope -> false;
  }
}
