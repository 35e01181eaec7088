package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What tests expect of a problem, beyond what the OpenAPI document says of it. */
public final class Problems {
  private Problems() {}

  /** Expects a problem and returns its body. */
  public static JsonNode expect(TestServer.Reply reply, int status, String code) {
    JsonNode problem = reply.json();
    assertThat(reply.status() + " " + problem.path("code").asText())
        .as(reply.text())
        .isEqualTo(status + " " + code);
    String detail = problem.path("detail").asText();
    assertThat(detail).matches("(?s)[A-Z0-9].*[.]").doesNotContain("\n");
    return problem;
  }

  /** Expects 422 with exactly these faults, each as {@code <pointer> <code>}, and returns them. */
  public static JsonNode expectFaults(TestServer.Reply reply, String... faults) {
    JsonNode problem = expect(reply, 422, "validation_failed");
    assertThat(faults(problem)).as(reply.text()).containsExactlyInAnyOrder(faults);
    problem.path("faults").forEach(Problems::expectSentences);
    return problem.path("faults");
  }

  /** Returns the faults of a problem, each as {@code <pointer> <code>}. */
  public static List<String> faults(JsonNode problem) {
    List<String> faults = new ArrayList<>();
    problem
        .path("faults")
        .forEach(fault ->
            faults.add(fault.path("pointer").asText() + " " + fault.path("code").asText()));
    return faults;
  }

  private static void expectSentences(JsonNode fault) {
    assertThat(fault.path("message").asText())
        .as(fault.toString())
        .isNotBlank()
        .doesNotContain("\n")
        .doesNotContainIgnoringCase("invalid input")
        .doesNotContainIgnoringCase("please");
    assertThat(fault.path("fix").asText()).as(fault.toString()).isNotBlank();
  }

  /**
   * Returns an answer without what differs from one to the next: status, headers and body, but no
   * request id and no time.
   */
  public static String comparable(TestServer.Reply reply) {
    StringBuilder text = new StringBuilder().append(reply.status()).append('\n');
    reply
        .response()
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!List.of("x-request-id", "date", "bitting-as-of")
              .contains(name.toLowerCase(java.util.Locale.ROOT))) {
            text.append(name).append(": ").append(values).append('\n');
          }
        });
    return text.append(reply.text().replaceAll("\"request_id\":\"[0-9A-Za-z]{16}\"", ""))
        .toString();
  }
}
