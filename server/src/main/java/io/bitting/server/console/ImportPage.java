package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.OperationsChange;
import org.jspecify.annotations.Nullable;

/**
 * The form that takes an API's description, and what it would change.
 *
 * @param api the API
 * @param change what it would change; null while nothing was uploaded
 * @param upload names what was uploaded until it is applied; empty while nothing was
 * @param faults what is wrong with the document
 */
record ImportPage(ApiAnswer api, @Nullable OperationsChange change, String upload, Faults faults)
    implements ConsolePage {
  @Override
  public String title() {
    return "Import operations of " + api.name();
  }

  @Override
  public Section section() {
    return Section.CATALOG;
  }
}
