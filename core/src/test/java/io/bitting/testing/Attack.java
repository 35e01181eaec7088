package io.bitting.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a file of attacks: what is tried, what is expected, and why.
 *
 * <p>{@code input} is a text, or a list of texts and of {@code {"repeat": text, "times": n}} that
 * are joined.
 */
public final class Attack {
  private final JsonNode line;

  private Attack(JsonNode line) {
    this.line = line;
  }

  /** Reads a file of {@code src/test/resources/attacks}. */
  public static List<Attack> in(String file) {
    try (InputStream json = Attack.class.getResourceAsStream("/attacks/" + file)) {
      List<Attack> attacks = new ArrayList<>();
      for (JsonNode line : new ObjectMapper().readTree(Objects.requireNonNull(json, file))) {
        attacks.add(new Attack(line));
      }
      return attacks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what is tried. */
  public String input() {
    JsonNode input = line.required("input");
    if (input.isTextual()) {
      return input.textValue();
    }
    StringBuilder joined = new StringBuilder();
    for (JsonNode part : input) {
      joined.append(
          part.isTextual()
              ? part.textValue()
              : part.required("repeat").textValue().repeat(part.required("times").intValue()));
    }
    return joined.toString();
  }

  /** Returns another member's text. */
  public Optional<String> text(String member) {
    return Optional.ofNullable(line.get(member)).map(JsonNode::textValue);
  }

  /** Returns another member's truth value. */
  public boolean flag(String member) {
    return line.required(member).booleanValue();
  }

  /** Shows why it is tried, which names the test. */
  @Override
  public String toString() {
    return line.required("why").textValue();
  }
}
