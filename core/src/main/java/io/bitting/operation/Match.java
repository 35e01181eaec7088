package io.bitting.operation;

/**
 * Which operation a request calls. Only {@link Found} can lead to an allowed request.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Match {

  /**
   * The request calls this operation.
   *
   * @param operation the operation
   */
  record Found(Operation operation) implements Match {}

  /** The request calls no operation of the API. */
  record Unknown() implements Match {}

  /**
   * It cannot be told which operation a server behind the gate would take the request for.
   *
   * @param reason what leaves it open
   */
  record Ambiguous(Ambiguity reason) implements Match {}
}
