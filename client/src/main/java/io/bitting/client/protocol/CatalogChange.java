package io.bitting.client.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a catalog changes, or would change.
 *
 * @param api the API
 * @param version the catalog's version after it, or the one in force if it was not applied
 * @param applied whether it was applied
 * @param difference what is different
 * @param gaining keys that can do more by it, at most 100
 * @param gainingTotal how many keys can do more by it
 * @param confirmation what to send as {@code confirm} to apply it; null if it needs none
 */
public record CatalogChange(
    String api,
    long version,
    boolean applied,
    Difference difference,
    List<Gaining> gaining,
    long gainingTotal,
    @Nullable String confirmation) {
  /** Copies the list. */
  public CatalogChange {
    gaining = List.copyOf(gaining);
  }

  /**
   * What is different from the catalog in force.
   *
   * @param added scopes that are new
   * @param retired scopes that new keys may no longer name
   * @param restored scopes that new keys may name again
   * @param implications implications that are new
   * @param withdrawn implications that are gone
   * @param reworded scopes with another category, access level or description
   * @param templates names of templates that are new, other than before, or gone
   */
  public record Difference(
      List<String> added,
      List<String> retired,
      List<String> restored,
      List<Implication> implications,
      List<Implication> withdrawn,
      List<String> reworded,
      List<String> templates) {
    /** Copies the lists. */
    public Difference {
      added = List.copyOf(added);
      retired = List.copyOf(retired);
      restored = List.copyOf(restored);
      implications = List.copyOf(implications);
      withdrawn = List.copyOf(withdrawn);
      reworded = List.copyOf(reworded);
      templates = List.copyOf(templates);
    }
  }

  /**
   * One scope that covers another.
   *
   * @param from the scope that covers
   * @param to the scope that is covered
   */
  public record Implication(String from, String to) {}

  /**
   * A key that can do more.
   *
   * @param id its id
   * @param display prefix and id
   * @param name its name
   * @param organization the id of its organization
   * @param gains the scopes that it gains
   */
  public record Gaining(
      String id, String display, String name, String organization, List<String> gains) {
    /** Copies the list. */
    public Gaining {
      gains = List.copyOf(gains);
    }
  }
}
