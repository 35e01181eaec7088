package io.bitting.server.catalogs;

/**
 * Ends the reading of a text at a fault after which nothing can be said. Does not leave this
 * package.
 */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CatalogFault fault;

  UnreadableException(CatalogFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  CatalogFault fault() {
    return fault;
  }
}
