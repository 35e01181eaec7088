package io.bitting.server.console;

import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsAnswer;
import io.bitting.server.http.Call;
import java.util.Comparator;
import java.util.Set;

/** Finds something that a key can call. */
final class Examples {
  private final Desk desk;
  private final Visitor visitor;
  private final Call call;

  /**
   * Begins.
   *
   * @param desk asks
   * @param visitor who looks
   * @param call the request for the page
   */
  Examples(Desk desk, Visitor visitor, Call call) {
    this.desk = desk;
    this.visitor = visitor;
    this.call = call;
  }

  /**
   * Finds an operation that the key opens, one that only looks and needs nothing filled in if there
   * is one.
   *
   * @param key the key
   * @return such as {@code GET /scans}; empty if none is known
   */
  String of(KeyAnswer key) {
    Reply catalog = desk.ask(visitor, call, "showCatalog").path("api", key.api()).send();
    Reply operations = desk.ask(visitor, call, "listOperations").path("api", key.api()).send();
    if (!catalog.ok() || !operations.ok()) {
      return "";
    }
    Covered covered = new Covered(catalog.read(CatalogAnswer.class));
    Set<String> held = key.allScopes() ? covered.all() : covered.by(key.scopes());
    return operations.read(OperationsAnswer.class).operations().stream()
        .filter(operation ->
            operation.requirement().anonymous() == null
                && Picker.opens(held, operation.requirement()))
        .min(
            Comparator.comparing((OperationAnswer each) -> !each.method().equals("GET"))
                .thenComparing(each -> each.path().contains("{"))
                .thenComparing(each -> each.requirement().anyOf() == null))
        .map(operation -> operation.method() + " " + operation.path())
        .orElse("");
  }
}
