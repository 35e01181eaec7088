package io.bitting.cli;

import io.bitting.client.protocol.KeyAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes sure that it is the key that is meant which will be refused for ever. */
final class KeyConfirmation {
  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The key's name, instead of typing it.")
  private @Nullable String confirm;

  @Mixin private final Questions questions;

  KeyConfirmation(Surroundings surroundings) {
    this.questions = new Questions(surroundings);
  }

  /**
   * Gets it.
   *
   * @param found the key
   * @param organization whose it is
   * @param look the command that shows the key
   * @throws StopException if it is not the key that is meant, or nobody can be asked
   */
  void get(KeyAnswer found, String organization, String look) {
    if (confirm == null) {
      questions.typed(
          "key " + KeyWords.named(found) + " of " + organization + " will be refused for ever",
          found.name(),
          "Give its name to go on without one: --confirm=\"" + found.name() + "\"");
    } else if (!confirm.equals(found.name())) {
      throw StopException.usage(
          "--confirm says \"" + confirm + "\", and the key's name is \"" + found.name() + "\"",
          "Look whether it is the key that is meant: " + look);
    }
  }
}
