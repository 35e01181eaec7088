package io.bitting.cli;

/**
 * Ends a command with an exit code, a sentence and a remedy. Thrown after everything that was begun
 * is whole again.
 */
final class StopException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String remedy;

  /**
   * Says why.
   *
   * @param exitCode one of {@link ExitCode}
   * @param message what is the matter
   * @param remedy what to do, may be empty
   */
  StopException(int exitCode, String message, String remedy) {
    super(message);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  static StopException usage(String message, String remedy) {
    return new StopException(ExitCode.USAGE, message, remedy);
  }

  int exitCode() {
    return exitCode;
  }

  String remedy() {
    return remedy;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
