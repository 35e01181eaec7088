package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.OperationAnswer;
import java.util.List;

/**
 * One operation: what it requires, and which keys may call it.
 *
 * @param api its API
 * @param operation the operation
 * @param keys the live keys of the organization that may call it
 * @param more whether there are more of them
 */
record OperationPage(ApiAnswer api, OperationAnswer operation, List<KeyAnswer> keys, boolean more)
    implements ConsolePage {
  OperationPage {
    keys = List.copyOf(keys);
  }

  /** Returns the address of the form that makes a key for this operation alone. */
  String newKey() {
    List<List<String>> anyOf = operation.requirement().anyOf();
    return "/keys/new?api="
        + api.id()
        + (anyOf == null ? "" : "&scopes=" + Addresses.list(anyOf.getFirst()));
  }

  @Override
  public String title() {
    return operation.method() + " " + operation.path();
  }

  @Override
  public Section section() {
    return Section.CATALOG;
  }
}
