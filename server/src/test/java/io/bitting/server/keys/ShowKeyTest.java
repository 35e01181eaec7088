package io.bitting.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/organizations/{org}/api-keys/{key}}. */
final class ShowKeyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    tenant = SERVER.tenant();
  }

  @Nested
  final class Status200 {
    @Test
    void show_isWhatCreationShowed_withoutTheToken() {
      Tenant.Made key = tenant.key("bitting", "org:read");
      TestServer.Reply reply = SERVER.get(tenant.owner(), tenant.path(key, "")).ok();
      assertThat(reply.json().has("token")).isFalse();
      assertThat(reply.text()).doesNotContain(key.token().substring(16));
      reply
          .json()
          .properties()
          .forEach(
              member -> assertThat(member.getValue()).isEqualTo(key.shown().path(member.getKey())));
    }

    @Test
    void show_bySlugOrId_isTheSame() {
      Tenant.Made key = tenant.key("bitting", "org:read");
      assertThat(
              SERVER
                  .get(tenant.owner(), "/v1/organizations/" + tenant.id() + "/api-keys/" + key.id())
                  .json())
          .isEqualTo(SERVER.get(tenant.owner(), tenant.path(key, "")).json());
    }

    @Test
    void show_expiredKey_saysSo_fromItsLastMillisecondOn() {
      MutableClock clock = new MutableClock();
      try (TestServer server = TestServer.start(clock, List.of())) {
        Tenant operator = server.operator();
        Tenant.Made key =
            operator.issue(
                operator.owner(),
                TestServer.json(
                    "api",
                    "bitting",
                    "name",
                    "short",
                    "scopes",
                    List.of("org:read"),
                    "expires_at",
                    clock.instant().plus(Duration.ofHours(1)).toString()));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(state(operator, key)).isEqualTo("active");
        assertThat(server.verify(key.token(), "bitting", "org:read")).isEqualTo("allowed");
        clock.advance(Duration.ofMillis(1));
        assertThat(state(operator, key)).isEqualTo("expired");
        assertThat(server.verify(key.token(), "bitting", "org:read"))
            .isEqualTo("denied key_expired");
        Problems.expect(server.get(key.token(), "/v1/whoami"), 401, "key_expired");
        JsonNode revoked = operator.change(key, "revoke").ok().json();
        assertThat(revoked.path("state").asText()).isEqualTo("revoked");
      }
    }

    private static String state(Tenant operator, Tenant.Made key) {
      return operator
          .server()
          .get(operator.owner(), operator.path(key, ""))
          .ok()
          .json()
          .path("state")
          .asText();
    }
  }

  @Nested
  final class Status403And404 {
    @Test
    void show_withoutKeysRead_isRefused() {
      Tenant.Made key = tenant.key("bitting", "keys:manage", "keys:issue");
      Problems.expect(SERVER.get(key.token(), tenant.path(key, "")), 403, "insufficient_scope");
    }

    @Test
    void show_keyOfAnother_isAsOneThatNeverWas() {
      Tenant other = SERVER.tenant();
      Tenant.Made key = other.key("bitting", "org:read");
      TestServer.Reply never = SERVER.get(tenant.owner(), tenant.path("/api-keys/0123456789AB"));
      Problems.expect(never, 404, "not_found");
      for (String path :
          List.of(
              tenant.path(key, ""),
              other.path(key, ""),
              tenant.path("/api-keys/not-an-id"),
              tenant.path("/api-keys/" + key.id().toLowerCase(java.util.Locale.ROOT)),
              "/v1/organizations/" + other.id() + "/api-keys/" + key.id(),
              "/v1/organizations/never/api-keys/" + key.id())) {
        assertThat(Problems.comparable(SERVER.get(tenant.owner(), path)))
            .as(path)
            .isEqualTo(Problems.comparable(never));
      }
    }
  }
}
