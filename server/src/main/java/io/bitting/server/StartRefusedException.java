package io.bitting.server;

/**
 * The server does not start; the message says why and what to do about it, in a sentence for a
 * terminal. Nothing was changed.
 */
public final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message why, and what to do
   */
  public StartRefusedException(String message) {
    super(message);
  }

  /**
   * Says why.
   *
   * @param message why, and what to do
   * @param cause the failure beneath
   */
  public StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
