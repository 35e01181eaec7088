package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.OperationAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations of an API with what each requires.
 *
 * @param apis the APIs to choose from
 * @param api the chosen one
 * @param scope the scope that all of them need; empty if it is all operations
 * @param operations its operations
 */
record OperationsPage(
    List<ApiAnswer> apis, ApiAnswer api, String scope, List<OperationAnswer> operations)
    implements ConsolePage {
  OperationsPage {
    apis = List.copyOf(apis);
    operations = List.copyOf(operations);
  }

  /** Returns the operations by heading. */
  Map<String, List<OperationAnswer>> byTag() {
    Map<String, List<OperationAnswer>> byTag = new LinkedHashMap<>();
    for (OperationAnswer operation : operations) {
      byTag.computeIfAbsent(operation.tag(), tag -> new ArrayList<>()).add(operation);
    }
    return byTag;
  }

  /** Returns the address of an operation's page. */
  String path(OperationAnswer operation) {
    return "/catalog/"
        + api.id()
        + "/operation?method="
        + operation.method()
        + "&path="
        + Addresses.value(operation.path());
  }

  @Override
  public String title() {
    return "Operations of " + api.name();
  }

  @Override
  public Section section() {
    return Section.CATALOG;
  }
}
