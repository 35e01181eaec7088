package io.bitting.store;

/**
 * Storage failed, and nothing was changed. What was asked may be asked again later. Messages are
 * for logs: they may name tables, never secrets.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Wraps a failure.
   *
   * @param message what failed
   * @param cause the failure beneath
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Reports a failure.
   *
   * @param message what failed
   */
  public StoreException(String message) {
    super(message);
  }

  /** Storage was too busy to begin; nothing was changed. */
  public static final class Busy extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps a failure.
     *
     * @param message what was waited for
     * @param cause the failure beneath
     */
    public Busy(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A rule of uniqueness that the database holds was broken; nothing was changed. */
  public static final class Conflict extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps a failure.
     *
     * @param message which rule
     * @param cause the failure beneath
     */
    public Conflict(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The commit itself failed: whether the change was made is unknown. */
  public static final class CommitUnknown extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * Wraps a failure.
     *
     * @param message what was committed
     * @param cause the failure beneath
     */
    public CommitUnknown(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
