package io.bitting.jdbc;

import io.bitting.store.StoreException;

/**
 * The database could not fit a transaction beside the others and asks to begin it again; nothing
 * was changed.
 */
final class AskedToRetry extends StoreException {
  private static final long serialVersionUID = 1L;

  AskedToRetry(String message, Throwable cause) {
    super(message, cause);
  }
}
