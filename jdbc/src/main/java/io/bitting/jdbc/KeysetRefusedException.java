package io.bitting.jdbc;

/**
 * A pepper keyset is not the one that sealed a database. Nothing was changed. The message says what
 * to do, for whoever starts the product.
 */
public final class KeysetRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysetRefusedException(String message) {
    super(message);
  }
}
