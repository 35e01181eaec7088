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

  /* In a pipe or a file, --quiet leaves exactly the token; on a terminal the prompt wants a new line. */
  void print(SecretText secret) {
    String token = secret.reveal();
    if (quiet && surroundings.person().isEmpty()) {
      surroundings.out().print(token);
    } else {
      surroundings.print(token);
    }
  }

  /**
   * Makes sure that there is one: it may have been in an answer that was lost with the connection.
   *
   * @param secret the token
   * @param key whose token it is
   * @param fact what is the case all the same
   * @param remedy what to do
   * @throws StopException if there is none
   */
  void checkThere(SecretText secret, KeyAnswer key, String fact, String remedy) {
    if (secret.isWithheld()) {
      throw lost(key, "was lost with the connection", fact, remedy);
    }
  }

  /**
   * Makes sure that it was written.
   *
   * @param key whose token it is
   * @param fact what is the case all the same
   * @param remedy what to do
   * @throws StopException if it was not
   */
  void checkWritten(KeyAnswer key, String fact, String remedy) {
    if (!surroundings.isWritten()) {
      throw lost(key, "could not be written", fact, remedy);
    }
  }

  private static StopException lost(KeyAnswer key, String how, String fact, String remedy) {
    return new StopException(
        ExitCode.FAILURE,
        "the token of key " + KeyWords.named(key) + " " + how + " and exists nowhere else; " + fact,
        remedy);
  }
}
