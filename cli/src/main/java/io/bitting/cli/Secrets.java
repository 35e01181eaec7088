package io.bitting.cli;

import io.bitting.client.protocol.SecretText;
import io.bitting.key.TokenReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Reads secrets from where they may be: a file, standard input, the environment, or a person; never
 * a flag.
 */
final class Secrets {
  private static final int BYTES_MAX = 16 << 10;

  private final Surroundings surroundings;

  Secrets(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Reads a secret from a file. */
  SecretText fromFile(String name) {
    try {
      byte[] bytes;
      try (var file = Files.newInputStream(surroundings.path(name))) {
        bytes = file.readNBytes(BYTES_MAX + 1);
      }
      if (bytes.length > BYTES_MAX) {
        throw new StopException(
            ExitCode.FAILURE,
            "file "
                + name
                + " has more than "
                + BYTES_MAX
                + " bytes, so it holds no secret of ours",
            "");
      }
      return SecretText.of(withoutLastBreak(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, "file " + name + " cannot be read: " + Problems.reason(e), "");
    }
  }

  /** Reads a secret from standard input. */
  SecretText fromIn() {
    return SecretText.of(withoutLastBreak(surroundings.readIn(BYTES_MAX)));
  }

  /**
   * Reads a secret from a variable, or from the file that the variable of the same name with {@code
   * _FILE} names.
   */
  Optional<SecretText> fromEnvironment(String variable) {
    Optional<String> text = surroundings.variable(variable);
    Optional<String> file = surroundings.variable(variable + "_FILE");
    if (text.isPresent() && file.isPresent()) {
      throw StopException.usage(
          variable + " and " + variable + "_FILE are both set", "Unset one of them.");
    }
    return text.map(SecretText::of).or(() -> file.map(this::fromFile));
  }

  private static String withoutLastBreak(String text) {
    return text.replaceAll("\\R\\z", "");
  }

  /** Tells whether a text is a whole token. */
  static boolean isToken(String text) {
    try (TokenReader reader = TokenReader.open()) {
      return reader.read(text);
    }
  }
}
