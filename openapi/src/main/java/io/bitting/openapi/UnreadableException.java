package io.bitting.openapi;

/**
 * Ends the reading of a document at a fault after which nothing can be said. Does not leave this
 * package.
 */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient DocumentFault fault;

  UnreadableException(DocumentFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  DocumentFault fault() {
    return fault;
  }
}
