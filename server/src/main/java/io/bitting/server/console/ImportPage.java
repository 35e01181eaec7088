package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogChange;
import io.bitting.client.protocol.OperationsChange;
import org.jspecify.annotations.Nullable;

/**
 * The form that takes an API's description or its catalog, and what that would change.
 *
 * @param api the API
 * @param kind {@code operations} or {@code catalog}
 * @param change what would change; null while nothing was uploaded
 * @param upload what was uploaded, for the form that applies it; empty while nothing was
 * @param faults what is wrong with the document
 */
record ImportPage(ApiAnswer api, String kind, @Nullable Change change, String upload, Faults faults)
    implements ConsolePage {
  /** An OpenAPI document, for what operations require. */
  static final String OPERATIONS = "operations";

  /** A catalog, for which scopes there are. */
  static final String CATALOG = "catalog";

  /** What would change. */
  sealed interface Change {
    /** Returns what confirms it; null if nothing has to be confirmed. */
    @Nullable String confirmation();
  }

  /** What would change in the operations. */
  record OfOperations(OperationsChange all) implements Change {
    @Override
    public @Nullable String confirmation() {
      return all.confirmation();
    }
  }

  /** What would change in the catalog. */
  record OfCatalog(CatalogChange all) implements Change {
    @Override
    public @Nullable String confirmation() {
      return all.confirmation();
    }
  }

  @Nullable OperationsChange operations() {
    return change instanceof OfOperations of ? of.all() : null;
  }

  @Nullable CatalogChange catalog() {
    return change instanceof OfCatalog of ? of.all() : null;
  }

  @Override
  public String title() {
    return "Import for " + api.name();
  }

  @Override
  public Section section() {
    return Section.CATALOG;
  }
}
