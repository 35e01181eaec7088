package io.bitting.server.gateway;

import io.bitting.server.http.Answer;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.Call;
import io.bitting.server.http.Header;
import io.bitting.server.http.HeaderName;
import io.bitting.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The dialect of nginx's {@code auth_request}, which understands 200, 401 and 403 only, drops
 * bodies, and of the headers of a refusal keeps one: the challenge of a 401. The truth is in
 * headers, out of which the recipe makes the answer for the client.
 */
public final class AuthorizeForNginx implements GatewayEndpoint {
  private static final Route ROUTE =
      Route.ofGateways(
          "authorizeForNginx", "GET", "/v1/authorize/{api}/nginx", GatewayCheck.REQUIREMENT);

  private static final CharSequence METHOD = HeaderName.of("X-Original-Method");
  private static final CharSequence TARGET = HeaderName.of("X-Original-URI");

  /** What fits into a header of nginx, beside the others. */
  private static final int PROBLEM_LENGTH_MAX = 2 * 1024;

  private final GatewayCheck check;

  /**
   * Makes the endpoint.
   *
   * @param check decides
   */
  public AuthorizeForNginx(GatewayCheck check) {
    this.check = check;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return GatewayEndpoint.checkDescribed(check, call, METHOD, TARGET);
  }

  @Override
  public Answer.Body inDialect(Answer.Body answer) {
    if (answer.status() == 200) {
      return answer;
    }
    boolean unauthenticated = answer.status() == 401;
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("X-Bitting-Status", String.valueOf(answer.status())));
    headers.add(new Header("X-Bitting-Problem", problem(answer)));
    answer
        .header(AnswerForm.RETRY_AFTER)
        .ifPresent(seconds -> headers.add(new Header("X-Bitting-Retry-After", seconds)));
    // On a 401 nginx copies the challenge by itself, and the client would get it twice.
    answer
        .header(AnswerForm.CHALLENGE)
        .ifPresent(challenge ->
            headers.add(
                new Header(
                    unauthenticated ? AnswerForm.CHALLENGE : "X-Bitting-Challenge", challenge)));
    return Answer.bare(unauthenticated ? 401 : 403, headers);
  }

  /**
   * Returns the problem in one line of ASCII; one that is too long loses what only this request
   * has.
   */
  private static String problem(Answer.Body answer) {
    String json = new String(answer.bytes().array(), StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        line.append(String.format("\\u%04x", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.length() <= PROBLEM_LENGTH_MAX
        ? line.toString()
        : "{\"type\":\"about:blank\",\"title\":\"Refused\",\"status\":" + answer.status() + "}";
  }
}
