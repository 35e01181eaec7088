package io.bitting.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/authorize/{api}/nginx}. */
final class AuthorizeForNginxTest extends GatewayContract {
  @Override
  Told ask(Asked asked) {
    TestServer.Reply reply =
        SERVER.send(
            Dialects.begin(asked, "/v1/authorize/" + asked.api() + "/nginx")
                .header("X-Original-Method", asked.method())
                .header("X-Original-URI", asked.target())
                .build());
    if (reply.status() == 200) {
      return Dialects.plain(reply);
    }
    int status = Integer.parseInt(reply.header("X-Bitting-Status"));
    assertThat(reply.status()).isEqualTo(status == 401 ? 401 : 403);
    assertThat(reply.text()).isEmpty();
    // nginx gives the client the one of a 401 itself; both would be doubled.
    assertThat(reply.header(status == 401 ? "X-Bitting-Challenge" : "WWW-Authenticate")).isEmpty();
    assertThat(reply.header("X-Bitting-Problem")).matches("\\{[ -~]{1,2046}\\}");
    return new Told(
        status,
        reply.header(status == 401 ? "WWW-Authenticate" : "X-Bitting-Challenge"),
        reply.header("X-Bitting-Retry-After"),
        TestServer.parse(reply.header("X-Bitting-Problem")),
        Dialects.identity(reply));
  }

  @Override
  int ordinal() {
    return 1;
  }

  @Test
  void requestThatIsNotDescribed_isRefused() {
    Asked asked = asked("GET", "/health");
    TestServer.Reply reply =
        SERVER.send(
            Dialects.begin(asked, "/v1/authorize/" + asked.api() + "/nginx")
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Uri", "/health")
                .build());
    assertThat(Map.of(reply.status(), reply.header("X-Bitting-Status")))
        .isEqualTo(Map.of(403, "503"));
  }
}
