package io.bitting.access;

/** Nothing can be decided now; the caller must refuse, and may ask again later. */
public final class VerificationUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param message for a log: what is missing
   */
  public VerificationUnavailableException(String message) {
    super(message);
  }

  /**
   * Says why.
   *
   * @param message for a log: what is missing
   * @param cause the failure beneath
   */
  public VerificationUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
