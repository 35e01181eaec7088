package io.bitting.server.apis;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.key.KeyHeader;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Template;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.Reader;
import java.util.Optional;

/** APIs and catalogs as callers see them. */
final class ApiAnswers {
  private ApiAnswers() {}

  static ApiAnswer of(Api api, Reader reader) {
    KeyHeader header = api.keyHeader();
    Optional<Catalog> catalog = reader.catalog(api.id()).flatMap(Sealed::intact);
    return new ApiAnswer(
        api.id().text(),
        api.name(),
        api.prefix().text(),
        header == null ? null : header.text(),
        api.id().isBuiltIn(),
        catalog.map(known -> (long) known.version()).orElse(null),
        api.createdAt());
  }

  static CatalogAnswer of(Api api, Catalog catalog) {
    return new CatalogAnswer(
        1,
        api.id().text(),
        api.name(),
        api.prefix().text(),
        catalog.version(),
        catalog.entries().stream().map(ApiAnswers::of).toList(),
        catalog.templates().stream().map(ApiAnswers::of).toList());
  }

  private static CatalogAnswer.Template of(Template template) {
    return new CatalogAnswer.Template(
        template.name(),
        template.description(),
        template.scopes().stream().map(Scope::text).toList());
  }

  private static CatalogAnswer.Entry of(CatalogEntry entry) {
    return new CatalogAnswer.Entry(
        entry.scope().text(),
        entry.category(),
        entry.access().code(),
        entry.description(),
        entry.included(),
        entry.implies().stream().map(Scope::text).toList(),
        entry.retired());
  }
}
