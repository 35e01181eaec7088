package io.bitting.server.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policies on unused and on dead keys; time by a clock that is moved. */
final class PoliciesTest {
  private static final MutableClock CLOCK = new MutableClock();
  private static final PlainUsage USAGE = new PlainUsage();

  private static TestServer server;
  private static String api;

  private Tenant tenant;

  @BeforeAll
  static void start() {
    server = TestServer.startReviewing(CLOCK, USAGE);
    api = server.api();
    USAGE.on(api);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void freshTenant() {
    tenant = server.tenant().endless();
  }

  private static void later(int days) {
    CLOCK.advance(Duration.ofDays(days));
    server.runUpkeep();
  }

  private Tenant.Made key(String name) {
    return key(name, Duration.ofDays(365));
  }

  private Tenant.Made key(String name, Duration life) {
    return tenant.issue(
        tenant.owner(),
        TestServer.json(
            "api",
            api,
            "name",
            name,
            "scopes",
            List.of("bot"),
            "expires_at",
            CLOCK.instant().plus(life).toString()));
  }

  private void policy(String member, int days) {
    server
        .patch(tenant.owner(), tenant.path(""), "{\"policy\":{\"" + member + "\":" + days + "}}")
        .ok();
  }

  private String state(Tenant.Made key) {
    return server.get(tenant.owner(), tenant.path(key, "")).ok().json().path("state").asText();
  }

  private List<String> actions(Tenant.Made key) {
    return tenant.events().stream()
        .filter(event -> event.at("/target/id").asText().equals(key.id()))
        .map(event -> event.path("action").asText())
        .toList();
  }

  /** Uses the owner's key, which the policy would revoke like any other. */
  private void ownerIsUsed() {
    for (JsonNode key : tenant.keys()) {
      if (key.path("api").asText().equals("bitting")) {
        USAGE.allowed(key.path("id").asText(), "keys:read", CLOCK.instant(), 1);
      }
    }
  }

  @Test
  void unusedKey_isRevokedAfterItsNotice_andNotWithoutThePolicy() {
    Tenant.Made idle = key("idle");
    later(100);
    assertThat(actions(idle)).containsExactly("key.created");
    ownerIsUsed();
    policy("revoke_unused_after_days", 30);

    server.runUpkeep();
    assertThat(actions(idle)).containsExactly("key.unused_notice", "key.created");
    later(6);
    assertThat(state(idle)).isEqualTo("active");
    later(1);
    assertThat(state(idle)).isEqualTo("revoked");
    assertThat(actions(idle)).containsExactly("key.revoked", "key.unused_notice", "key.created");
    assertThat(tenant.events().getFirst().toString()).contains("unused", "chore");
    server.runUpkeep();
    assertThat(actions(idle)).hasSize(3);
  }

  @Test
  void keyThatIsUsedAfterItsNotice_staysAndIsNoticedAnew() {
    policy("revoke_unused_after_days", 30);
    Tenant.Made key = key("key");
    later(22);
    ownerIsUsed();
    assertThat(actions(key)).containsExactly("key.created");
    later(1);
    assertThat(actions(key)).containsExactly("key.unused_notice", "key.created");
    CLOCK.advance(Duration.ofMinutes(1));
    USAGE.allowed(key.id(), "bot", CLOCK.instant(), 1);
    later(7);
    ownerIsUsed();
    assertThat(state(key)).isEqualTo("active");
    later(16);
    assertThat(actions(key))
        .containsExactly("key.unused_notice", "key.unused_notice", "key.created");
    later(7);
    assertThat(state(key)).isEqualTo("revoked");
  }

  @Test
  void keyThatAReviewKeeps_isNotRevokedUntilItIsTimeToAskAgain() {
    policy("revoke_unused_after_days", 10);
    Tenant.Made kept = key("kept");
    Tenant.Made other = key("other");
    Instant again = CLOCK.instant().plus(Duration.ofDays(60));
    server
        .post(
            tenant.owner(),
            tenant.path("/review/decisions"),
            TestServer.json(
                "key",
                kept.id(),
                "verdict",
                "keep",
                "reason",
                "For emergencies.",
                "ask_again_at",
                again.toString()))
        .ok();
    for (int day = 0; day < 59; day++) {
      ownerIsUsed();
      later(1);
    }
    assertThat(state(other)).isEqualTo("revoked");
    assertThat(state(kept)).isEqualTo("active");
    for (int day = 0; day < 9; day++) {
      ownerIsUsed();
      later(1);
    }
    assertThat(state(kept)).isEqualTo("revoked");
  }

  /** Who cannot tell whether a key was used does not revoke it. */
  @Test
  void keyWhoseRecordHasAGap_isLeftAlone() {
    policy("revoke_unused_after_days", 10);
    Tenant.Made key = key("key");
    CLOCK.advance(Duration.ofHours(1));
    Instant gap = CLOCK.instant().plus(Duration.ofDays(9));
    USAGE.lose(gap);
    for (int day = 0; day < 18; day++) {
      ownerIsUsed();
      later(1);
    }
    assertThat(state(key)).isEqualTo("active");
    for (int day = 0; day < 9; day++) {
      ownerIsUsed();
      later(1);
    }
    assertThat(state(key)).isEqualTo("revoked");
  }

  @Test
  void deadKeys_areRemovedWhenTheirTimeIsOver_andTheAuditStays() {
    Tenant.Made revoked = key("revoked");
    Tenant.Made expired = key("expired", Duration.ofDays(1));
    Tenant.Made live = key("live");
    tenant.change(revoked, "revoke").ok();
    later(50);
    assertThat(tenant.keys()).extracting(k -> k.path("id").asText()).contains(revoked.id());
    policy("dead_keys_kept_days", 60);
    later(9);
    assertThat(state(revoked)).isEqualTo("revoked");
    later(3);

    assertThat(tenant.keys())
        .extracting(k -> k.path("id").asText())
        .contains(live.id())
        .doesNotContain(revoked.id(), expired.id());
    Problems.expect(server.get(tenant.owner(), tenant.path(revoked, "")), 404, "not_found");
    assertThat(actions(revoked)).containsExactly("key.removed", "key.revoked", "key.created");
    assertThat(actions(expired).getFirst()).isEqualTo("key.removed");
    assertThat(server.verify(revoked.token(), api, "bot")).isEqualTo("denied credential_invalid");
    assertThat(server.verify(live.token(), api, "bot")).isEqualTo("allowed");
  }
}
