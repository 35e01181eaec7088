package io.bitting.client.protocol;

import java.util.List;

/**
 * The operations of an API.
 *
 * @param api the API
 * @param version how often they were replaced
 * @param published whether everybody may read the page that lists them
 * @param operations the operations in the order of their description
 */
public record OperationsAnswer(
    String api, long version, boolean published, List<OperationAnswer> operations) {
  /** Copies the list. */
  public OperationsAnswer {
    operations = List.copyOf(operations);
  }
}
