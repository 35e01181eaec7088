package io.bitting.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/authorize/{api}}. */
final class AuthorizeForwardedTest extends GatewayContract {
  @Override
  Told ask(Asked asked) {
    return Dialects.plain(
        SERVER.send(
            Dialects.begin(asked, "/v1/authorize/" + asked.api())
                .header("X-Forwarded-Method", asked.method())
                .header("X-Forwarded-Uri", asked.target())
                .build()));
  }

  @Override
  int ordinal() {
    return 0;
  }

  @Test
  void requestThatIsNotDescribed_isRefused() {
    Asked asked = asked("GET", "/health");
    String path = "/v1/authorize/" + asked.api();
    for (List<String> described :
        List.of(
            List.<String>of(),
            List.of("X-Forwarded-Method", "GET"),
            List.of("X-Forwarded-Uri", "/health"),
            List.of("X-Forwarded-Method", "GET", "X-Forwarded-Uri", ""),
            List.of(
                "X-Forwarded-Method",
                "GET",
                "X-Forwarded-Uri",
                "/health",
                "X-Forwarded-Uri",
                "/health"))) {
      var request = Dialects.begin(asked, path);
      for (int i = 0; i < described.size(); i += 2) {
        request.header(described.get(i), described.get(i + 1));
      }
      Told told = Dialects.plain(SERVER.send(request.build()));
      assertThat(told.status() + " " + told.code())
          .as("%s", described)
          .isEqualTo("503 gateway_misconfigured");
    }
  }

  @Test
  void otherMethods_areNotTaken() {
    assertThat(SERVER.post("", "/v1/authorize/" + asked("GET", "/").api(), "{}").status())
        .isEqualTo(405);
  }
}
