package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.Page;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the server has. Asked when nothing was found, to tell a mistyped word from one that nothing
 * matches; who may not see what there is, is told no more than that.
 */
final class Offered {
  private final BittingClient client;

  Offered(BittingClient client) {
    this.client = client;
  }

  /**
   * Checks the words that keys were looked for by.
   *
   * @throws StopException if there is no such API or scope
   */
  void checkFilters(Optional<String> api, Optional<String> scope) {
    List<String> apis = apis().stream().map(ApiAnswer::id).toList();
    if (apis.isEmpty()) {
      return;
    }
    if (api.isPresent() && !apis.contains(api.get())) {
      throw none("API", api.get(), apis, "bitting apis list");
    }
    if (scope.isPresent()) {
      checkScope(scope.get(), api);
    }
  }

  private void checkScope(String scope, Optional<String> api) {
    Set<String> scopes = new LinkedHashSet<>();
    for (ApiAnswer one : apis()) {
      if (one.catalogVersion() != null && api.map(one.id()::equals).orElse(true)) {
        if (!(client.catalog(one.id()) instanceof Outcome.Done<CatalogAnswer> done)) {
          return;
        }
        done.value().scopes().forEach(entry -> scopes.add(entry.scope()));
      }
    }
    if (!scopes.contains(scope)) {
      throw none(
          api.map(id -> "scope of " + id).orElse("scope"),
          scope,
          scopes,
          "bitting apis show " + api.orElse("API"));
    }
  }

  /** Returns the APIs; none if they may not be seen. */
  List<ApiAnswer> apis() {
    return client.apis() instanceof Outcome.Done<Page<ApiAnswer>> done
        ? done.value().items()
        : List.of();
  }

  /** Returns an API, or stops with the one that may be meant. */
  ApiAnswer api(String id) {
    return of(id, client.api(id));
  }

  /** Returns what an API was asked for, or stops with the API that may be meant. */
  <T> T of(String id, Outcome<T> outcome) {
    if (isMissing(outcome)) {
      List<String> known = apis().stream().map(ApiAnswer::id).toList();
      if (!known.contains(id)) {
        throw none("API", id, known, "bitting apis list");
      }
    }
    return outcome.orThrow();
  }

  /** Returns an organization, or stops with the one that may be meant. */
  OrganizationAnswer organization(String slug) {
    Outcome<OrganizationAnswer> outcome = client.organization(slug);
    if (isMissing(outcome)) {
      List<String> slugs =
          client.organizations(Optional.empty())
                  instanceof Outcome.Done<Page<OrganizationAnswer>> done
              ? done.value().items().stream().map(OrganizationAnswer::slug).toList()
              : List.of();
      throw none("organization", slug, slugs, slugs.isEmpty() ? "" : "bitting organizations list");
    }
    return outcome.orThrow();
  }

  /** Tells whether there is nothing, or nothing that may be seen. */
  static boolean isMissing(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused && refused.problem().status() == 404;
  }

  private static StopException none(
      String what, String word, Collection<String> known, String list) {
    String near = Nearest.of(word, known).map(one -> "Did you mean " + one + "?\n").orElse("");
    return new StopException(
        ExitCode.NOT_FOUND,
        "there is no "
            + what
            + " \""
            + word
            + "\""
            + (known.isEmpty() ? ", or none that this token may see" : ""),
        near + (list.isEmpty() ? "" : "See what there is: " + list));
  }
}
