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
   * @param effect what is about to happen, as a sentence without its end
   * @param deed what to do then, without a question mark
   * @param instead what a script gives instead
   * @throws StopException if the answer is another one, or nobody can be asked
   */
  void confirm(String effect, String deed, String instead) {
    String answer =
        personForYes(effect, instead)
            .ask(capital(effect) + ". " + deed + "? [y/N] ")
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
   * @param effect what is about to happen, as a sentence without its end
   * @param name what must be typed
   * @param instead what a script gives instead
   * @throws StopException if something else is typed, or nobody can be asked
   */
  void typed(String effect, String name, String instead) {
    String answer =
        personForYes(effect, instead)
            .ask(capital(effect) + ". Type its name, " + Plain.text(name) + ", to go on: ")
            .orElse("")
            .strip();
    if (!answer.equals(name)) {
      throw nothingChanged();
    }
  }

  /** Asks for a secret, which does not show. */
  SecretText hidden(String what, String instead) {
    String answer =
        personFor(what, instead).askHidden(capital(what) + " (does not show): ").orElse("").strip();
    if (answer.isEmpty()) {
      throw StopException.usage("no " + what + " was given", instead);
    }
    return SecretText.of(answer);
  }

  /** Asks for something that may show. */
  String asked(String what, String instead) {
    String answer = personFor(what, instead).ask(capital(what) + ": ").orElse("").strip();
    if (answer.isEmpty()) {
      throw StopException.usage("no " + what + " was given", instead);
    }
    return answer;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static StopException nothingChanged() {
    return new StopException(ExitCode.FAILURE, "nothing was changed", "");
  }

  private Surroundings.Person personForYes(String effect, String instead) {
    return person()
        .orElseThrow(() ->
            StopException.usage(
                effect + "; that wants a yes, and nobody can be asked here, so nothing was changed",
                instead));
  }

  private Surroundings.Person personFor(String what, String instead) {
    return person()
        .orElseThrow(() ->
            StopException.usage(
                "the " + what + " is missing, and nobody can be asked here", instead));
  }

  private Optional<Surroundings.Person> person() {
    return noInput ? Optional.empty() : surroundings.person();
  }
}
