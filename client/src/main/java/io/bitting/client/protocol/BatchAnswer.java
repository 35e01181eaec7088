package io.bitting.client.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.List;

/**
 * The answers to a batch of checks.
 *
 * @param results one for each check, in their order
 * @param asOf the position that the decisions rest on
 */
public record BatchAnswer(List<Result> results, String asOf) {
  /** Copies the list. */
  public BatchAnswer {
    results = List.copyOf(results);
  }

  /** What became of one check: a {@link VerifyAnswer}, or a {@link Refused}. */
  @JsonDeserialize(using = ResultReader.class)
  public sealed interface Result permits VerifyAnswer, Refused {}

  /**
   * A check that was not made.
   *
   * @param problem why not
   */
  @JsonDeserialize(using = JsonDeserializer.None.class)
  public record Refused(Problem problem) implements Result {}

  static final class ResultReader extends JsonDeserializer<Result> {
    @Override
    public Result deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode node = context.readTree(in);
      Class<? extends Result> type = node.has("problem") ? Refused.class : VerifyAnswer.class;
      return context.readTreeAsValue(node, type);
    }
  }
}
