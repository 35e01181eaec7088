package io.bitting.store;

import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Template;
import io.bitting.seal.Canonical;

/**
 * The canonical form of a catalog, all of its scopes and templates included: one seal covers the
 * whole. Templates stand last, and nothing stands for none.
 */
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
    if (!catalog.templates().isEmpty()) {
      form.number(catalog.templates().size());
      for (Template template : catalog.templates()) {
        form.text(template.name()).text(template.description()).texts(template.scopes());
      }
    }
    return form.toBytes();
  }
}
