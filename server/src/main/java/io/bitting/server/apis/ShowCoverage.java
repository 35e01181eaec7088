package io.bitting.server.apis;

import io.bitting.client.protocol.CoverageAnswer;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Api;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Shows how an API's operations and its catalog fit together, and what is amiss. */
public final class ShowCoverage implements Endpoint {
  private static final Route ROUTE =
      Route.get("showCoverage", "/v1/apis/{api}/coverage", ApiRequirement.LOOK);

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ShowCoverage(Acting acting) {
    this.acting = acting;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return acting.look(
        call,
        (reader, own) -> {
          Optional<Api> api =
              ApiId.parse(call.path("api")).flatMap(reader::api).flatMap(Sealed::intact);
          return api.map(known ->
                  Answer.json(
                      200,
                      coverage(
                          known.id(),
                          reader.catalog(known.id()).flatMap(Sealed::intact),
                          reader.operations(known.id()).flatMap(Sealed::intact))))
              .orElseGet(() -> Answer.problem(Problem.notFound()))
              .asOf(reader.position());
        });
  }

  private static CoverageAnswer coverage(
      ApiId api, Optional<Catalog> catalog, Optional<Operations> operations) {
    List<Operation> list = operations.map(Operations::list).orElse(List.of());
    SortedSet<Scope> required = new TreeSet<>();
    for (Operation operation : list) {
      if (operation.requirement() instanceof Requirement.Scopes scopes) {
        scopes.alternatives().forEach(required::addAll);
      }
    }
    SortedSet<Scope> unknown = new TreeSet<>(required);
    SortedSet<Scope> unused = new TreeSet<>();
    catalog.ifPresent(known -> {
      unknown.removeAll(known.scopes());
      known.entries().stream()
          .filter(entry -> !entry.included() && !entry.retired())
          // What covers a scope that guards something is of use.
          .filter(
              entry -> known.covered(List.of(entry.scope())).stream().noneMatch(required::contains))
          .map(CatalogEntry::scope)
          .forEach(unused::add);
    });
    List<String> undeclared =
        list.stream()
            .filter(operation -> operation.requirement() instanceof Requirement.Undeclared)
            .map(Operation::name)
            .toList();
    return new CoverageAnswer(
        api.text(),
        operations.map(Operations::version).orElse(0),
        !list.isEmpty() && undeclared.isEmpty() && unknown.isEmpty() && unused.isEmpty(),
        list.stream().map(OperationAnswers::of).toList(),
        undeclared,
        unknown.stream().map(Scope::text).toList(),
        unused.stream().map(Scope::text).toList());
  }
}
