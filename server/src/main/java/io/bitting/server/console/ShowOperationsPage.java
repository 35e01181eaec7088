package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The operations of an API. */
final class ShowOperationsPage extends Screen {
  ShowOperationsPage(Desk desk) {
    super(desk, Route.page("showOperationsPage", "/catalog/{api}/operations"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        "scope",
        (visitor, scope) -> {
          ApiAnswer api = ShowCatalogsPage.api(desk, visitor, call);
          List<OperationAnswer> shown =
              operations(desk, visitor, call, api).stream()
                  .filter(operation -> scope.isEmpty() || scopes(operation).contains(scope))
                  .toList();
          return desk.page(
              call,
              visitor,
              new OperationsPage(ShowCatalogsPage.apis(desk, visitor, call), api, scope, shown));
        });
  }

  /** Lists the operations of an API; none if nobody has said what they are. */
  static List<OperationAnswer> operations(Desk desk, Visitor visitor, Call call, ApiAnswer api) {
    Reply reply = desk.ask(visitor, call, "listOperations").path("api", api.id()).send();
    return reply.ok() ? reply.read(OperationsAnswer.class).operations() : List.of();
  }

  /** Returns every scope that an operation needs in some alternative. */
  static Set<String> scopes(OperationAnswer operation) {
    List<List<String>> anyOf = operation.requirement().anyOf();
    return anyOf == null
        ? Set.of()
        : anyOf.stream().flatMap(List::stream).collect(Collectors.toSet());
  }
}
