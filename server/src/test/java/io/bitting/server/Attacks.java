package io.bitting.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the attacks that are kept as data, below {@code attacks/}. */
public final class Attacks {
  private static final Pattern REPEATED = Pattern.compile("\\{([^{}:\"]+):([0-9]+)\\}");

  private Attacks() {}

  /** Reads a file of attacks: a list of objects, each with a name and why it is one. */
  public static List<JsonNode> of(String file) {
    try (InputStream in = Attacks.class.getResourceAsStream("/attacks/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no file attacks/" + file);
      }
      List<JsonNode> attacks = new ArrayList<>();
      TestServer.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).forEach(attacks::add);
      return attacks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes out what is repeated: <code>{ab:3}</code> is {@code ababab}. */
  public static String unfold(String text) {
    Matcher repeated = REPEATED.matcher(text);
    StringBuilder unfolded = new StringBuilder();
    while (repeated.find()) {
      repeated.appendReplacement(
          unfolded,
          Matcher.quoteReplacement(repeated.group(1).repeat(Integer.parseInt(repeated.group(2)))));
    }
    return repeated.appendTail(unfolded).toString();
  }
}
