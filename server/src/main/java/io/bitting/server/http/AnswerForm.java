package io.bitting.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives every answer the body and the headers that it is written with: a problem (RFC 9457) has its
 * address, a refusal its challenge, and whoever is to come back is told when.
 *
 * <p>Immutable and thread-safe.
 */
public final class AnswerForm {
  /** The media type of answers. */
  public static final String JSON = "application/json";

  /** The media type of problems. */
  public static final String PROBLEM = "application/problem+json";

  /** The header that tells a caller what to present. */
  public static final String CHALLENGE = "WWW-Authenticate";

  /** The header that tells a caller when to come back. */
  public static final String RETRY_AFTER = "Retry-After";

  private final Supplier<String> base;

  /**
   * Makes it.
   *
   * @param base the address that the pages of problems are under, without a slash at its end
   */
  public AnswerForm(Supplier<String> base) {
    this.base = base;
  }

  /**
   * Returns an answer with its body and all its headers.
   *
   * @param answer the answer
   * @param requestId names the request
   */
  public Answer.Body of(Answer answer, String requestId) {
    return switch (answer) {
      case Answer.Body body -> body;
      case Answer.Failed failed ->
          problem(
              failed.status(), Json.write(members(failed.problem(), requestId)), failed.headers());
      case Answer.Refused refused ->
          problem(
              refused.status(),
              refused
                  .refusal()
                  .toJson(base.get(), requestId, Optional.of(base.get()))
                  .getBytes(StandardCharsets.UTF_8),
              refused.refusal().challenge().stream()
                  .map(challenge -> new Header(CHALLENGE, challenge))
                  .toList());
    };
  }

  private static Answer.Body problem(int status, byte[] json, List<Header> headers) {
    Answer.Body problem = new Answer.Body(status, PROBLEM, new Answer.Bytes(json), headers);
    return status == 503 && problem.header(RETRY_AFTER).isEmpty()
        ? (Answer.Body) problem.with(RETRY_AFTER, "1")
        : problem;
  }

  private Map<String, @Nullable Object> members(Problem problem, String requestId) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("type", base.get() + "/errors/" + problem.code().code());
    members.put("title", problem.code().title());
    members.put("status", problem.code().status());
    members.put("code", problem.code().code());
    members.put("detail", problem.detail());
    members.putAll(problem.members());
    members.put("request_id", requestId);
    return members;
  }
}
