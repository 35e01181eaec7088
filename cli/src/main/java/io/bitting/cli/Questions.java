package io.bitting.cli;

import io.bitting.client.protocol.SecretText;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Asks the person at the terminal, where there is one and may be asked. */
final class Questions {
  private final Surroundings surroundings;

  @Option(names = "--no-input", description = "Never ask; fail instead.")
  private boolean noInput;

  Questions(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Asks for a yes.
   *
   * @param question without its mark
   * @param instead what a script gives instead
   * @throws StopException if the answer is another one, or nobody can be asked
   */
  void confirm(String question, String instead) {
    String answer =
        person(question, instead)
            .ask(question + "? [y/N] ")
            .orElse("")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw nothingChanged();
    }
  }

  /**
   * Asks for a name to be typed.
   *
   * @param question what is about to happen
   * @param name what must be typed
   * @param instead what a script gives instead
   * @throws StopException if something else is typed, or nobody can be asked
   */
  void typed(String question, String name, String instead) {
    String answer =
        person(question, instead)
            .ask(question + " Type its name, " + Plain.text(name) + ", to go on: ")
            .orElse("")
            .strip();
    if (!answer.equals(name)) {
      throw nothingChanged();
    }
  }

  /** Asks for a secret, which does not show. */
  SecretText hidden(String what, String instead) {
    String answer =
        person("the " + what + " is missing", instead)
            .askHidden(
                what.substring(0, 1).toUpperCase(Locale.ROOT)
                    + what.substring(1)
                    + " (does not show): ")
            .orElse("")
            .strip();
    if (answer.isEmpty()) {
      throw nothingChanged();
    }
    return SecretText.of(answer);
  }

  private static StopException nothingChanged() {
    return new StopException(ExitCode.FAILURE, "nothing was changed", "");
  }

  private Surroundings.Person person(String question, String instead) {
    Optional<Surroundings.Person> person = noInput ? Optional.empty() : surroundings.person();
    return person.orElseThrow(
        () -> StopException.usage(question.strip() + ", and nobody can be asked here", instead));
  }
}
