package io.bitting.client.protocol;

import java.util.List;

/**
 * The catalog of an API.
 *
 * @param catalog the version of the form, 1
 * @param api the API
 * @param name its name
 * @param prefix how its tokens start
 * @param version counts the catalog's changes, from 1
 * @param scopes the scopes in their order
 * @param templates scopes that are often wanted together
 */
public record CatalogAnswer(
    int catalog,
    String api,
    String name,
    String prefix,
    long version,
    List<Entry> scopes,
    List<Template> templates) {
  /** Copies the lists. */
  public CatalogAnswer {
    scopes = List.copyOf(scopes);
    templates = List.copyOf(templates);
  }

  /**
   * A proposal for new keys. It grants nothing.
   *
   * @param name what people call it, once in a catalog
   * @param description what keys of it are for
   * @param scopes its scopes
   */
  public record Template(String name, String description, List<String> scopes) {
    /** Copies the list. */
    public Template {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * A scope.
   *
   * @param scope its name
   * @param category the heading it stands under
   * @param access {@code read}, {@code write} or {@code danger}
   * @param description what it permits
   * @param included whether it is Bitting's own scope of that name
   * @param implies the scopes that it covers directly
   * @param retired whether new keys may no longer name it
   */
  public record Entry(
      String scope,
      String category,
      String access,
      String description,
      boolean included,
      List<String> implies,
      boolean retired) {
    /** Copies the list. */
    public Entry {
      implies = List.copyOf(implies);
    }
  }
}
