package io.bitting.cli;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretText;
import picocli.CommandLine.Option;

/** Prints a token, which exists nowhere else. */
final class TokenOutput {
  private final Surroundings surroundings;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token and nothing else.")
  private boolean quiet;

  TokenOutput(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Tells whether the token is all that is asked for. */
  boolean isQuiet() {
    return quiet;
  }

  /**
   * A token that was made.
   *
   * @param answer what the server answered, for JSON
   * @param token the token
   * @param key whose token it is
   * @param fact what is the case even if the token is lost
   * @param remedy what to do then
   */
  record Made(Object answer, SecretText token, KeyAnswer key, String fact, String remedy) {}

  /**
   * Prints a token, and makes sure that it is there: it may have been in an answer that was lost
   * with the connection, and it may not be written.
   *
   * @param presentation how it is shown
   * @param made the token
   * @param before says what was made, to people who ask for more than the token
   * @param after says to them what to do with it
   * @throws StopException if the token is lost
   */
  void show(Presentation presentation, Made made, Runnable before, Runnable after) {
    if (made.token().isWithheld()) {
      throw lost(made, "was lost with the connection");
    }
    if (presentation.isJson() && !quiet) {
      presentation.showJson(made.answer());
      checkWritten(made);
      return;
    }
    if (!quiet) {
      before.run();
    }
    print(made.token());
    checkWritten(made);
    if (!quiet) {
      after.run();
    }
  }

  /* In a pipe or a file, --quiet leaves exactly the token; on a terminal the prompt wants a new line. */
  private void print(SecretText secret) {
    String token = secret.reveal();
    if (quiet && surroundings.person().isEmpty()) {
      surroundings.out().print(token);
    } else {
      surroundings.print(token);
    }
  }

  private void checkWritten(Made made) {
    if (!surroundings.isWritten()) {
      throw lost(made, "could not be written");
    }
  }

  private static StopException lost(Made made, String how) {
    return new StopException(
        ExitCode.FAILURE,
        "the token of key "
            + KeyWords.named(made.key())
            + " "
            + how
            + " and exists nowhere else; "
            + made.fact(),
        made.remedy());
  }
}
