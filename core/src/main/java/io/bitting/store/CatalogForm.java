package io.bitting.store;

import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.seal.Canonical;

/** The canonical form of a catalog, all of its scopes included: one seal covers the whole. */
public final class CatalogForm {
  private CatalogForm() {}

  /**
   * Returns the form that is sealed.
   *
   * @param catalog a catalog
   */
  public static byte[] canonical(Catalog catalog) {
    Canonical form =
        Canonical.of("catalog")
            .text(catalog.api().text())
            .number(catalog.version())
            .number(catalog.entries().size());
    for (CatalogEntry entry : catalog.entries()) {
      form.text(entry.scope().text())
          .text(entry.category())
          .text(entry.access().code())
          .text(entry.description())
          .flag(entry.included())
          .texts(entry.implies())
          .flag(entry.retired());
    }
    return form.toBytes();
  }
}
