package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.organization.Role;
import io.bitting.server.acting.Quota;
import io.bitting.server.acting.Quotas;
import io.bitting.server.console.SignedIn;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row B5 of the threats: who makes too much is told to wait, and nobody else is. */
final class QuotasTest {
  private static final int KEYS = 6;
  private static final AtomicLong NANOS = new AtomicLong();

  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.startWithin(
            new Quotas(
                new Quota("keys and secrets", KEYS, Duration.ofSeconds(10), NANOS::get),
                new Quota("invitations", 2, Duration.ofMinutes(1), NANOS::get)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final String NEW_KEY =
      "{\"api\":\"bitting\",\"name\":\"%s\",\"scopes\":[\"org:read\"],\"expires_at\":null}";

  private static TestServer.Reply create(Tenant tenant, String name) {
    return server.post(tenant.owner(), tenant.path("/api-keys"), NEW_KEY.formatted(name));
  }

  /** Makes as many as may be made. */
  private static void makeAll(Tenant tenant, int left) {
    for (int i = 0; i < left; i++) {
      create(tenant, "filler " + i).ok();
    }
  }

  private static JsonNode expectWait(TestServer.Reply reply, String seconds) {
    JsonNode problem = Problems.expect(reply, 429, "rate_limited");
    assertThat(problem.path("detail").asText()).contains("in " + seconds + " seconds");
    assertThat(reply.header("Retry-After")).isEqualTo(seconds);
    return problem;
  }

  @Test
  void keys_moreThanMayBeMade_wait_whicheverWayASecretIsMade() {
    Tenant tenant = server.tenant();
    Tenant.Made key = tenant.key("bitting", "org:read");
    tenant.change(key, "rotate").ok();
    Tenant.Made other = tenant.key("bitting", "org:read");
    server.post(tenant.owner(), tenant.path(other, "/replace"), "{}").ok();
    makeAll(tenant, KEYS - 4);
    String before = tenant.everything();

    expectWait(create(tenant, "one more"), "10");
    expectWait(tenant.change(key, "rotate"), "10");
    expectWait(server.post(tenant.owner(), tenant.path(key, "/replace"), "{}"), "10");
    assertThat(tenant.everything()).isEqualTo(before);

    assertThat(create(server.tenant(), "somebody else's").status()).isEqualTo(201);
    tenant.change(key, "disable").ok();
    tenant.change(key, "revoke").ok();
    NANOS.addAndGet(Duration.ofSeconds(10).toNanos());
    create(tenant, "one more").ok();
    expectWait(create(tenant, "and another"), "10");
  }

  @Test
  void refusedRepeatedAndPlanned_areNotCounted() {
    Tenant tenant = server.tenant();
    Tenant.Made key = tenant.key("bitting", "org:read");
    for (int i = 0; i < KEYS; i++) {
      Problems.expect(create(tenant, ""), 422, "validation_failed");
      server.post(tenant.owner(), tenant.path(key, "/replace"), "{\"plan\":true}").ok();
    }
    makeAll(tenant, KEYS - 2);
    JsonNode made = named(tenant, "last").ok().json();
    for (int i = 0; i < 3; i++) {
      assertThat(named(tenant, "last").ok().json().path("id")).isEqualTo(made.path("id"));
    }
    expectWait(named(tenant, "one more"), "10");
    server.post(tenant.owner(), tenant.path(key, "/replace"), "{\"plan\":true}").ok();
  }

  /** Sends a request by the name of the key to be. */
  private static TestServer.Reply named(Tenant tenant, String name) {
    return server.postNamed(
        tenant.owner(), tenant.path("/api-keys"), "\"" + name + "\"", NEW_KEY.formatted(name));
  }

  @Test
  void invitations_moreThanMayBeMade_wait_thoughEachIsWithdrawn() {
    Tenant tenant = server.tenant();
    String path = tenant.path("/invitations");
    String body = Tenant.invitation("ada@example.com", Role.AUDITOR);
    for (int i = 0; i < 2; i++) {
      JsonNode made = server.post(tenant.owner(), path, body).ok().json();
      String id = made.at("/invitation/id").asText();
      server.post(tenant.owner(), path + "/" + id + "/withdraw", "").ok();
    }
    expectWait(server.post(tenant.owner(), path, body), "60");
    assertThat(server.items(tenant.owner(), path, 200)).isEmpty();

    Tenant other = server.tenant();
    server.post(other.owner(), other.path("/invitations"), body).ok();
    NANOS.addAndGet(Duration.ofMinutes(1).toNanos());
    server.post(tenant.owner(), path, body).ok();
  }

  /** The console says it in the form, with what was filled in. */
  @Test
  void console_moreThanMayBeMade_showsTheFormAgain() {
    Tenant tenant = server.tenant();
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    for (String mail : new String[] {"a@example.com", "b@example.com"}) {
      assertThat(owner.post("/members/invitations", "mail", mail, "role", "auditor").status())
          .isEqualTo(200);
    }
    TestServer.Reply reply =
        owner.post("/members/invitations", "mail", "c@example.com", "role", "auditor");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("as many invitations as it may", "value=\"c@example.com\"");
  }
}
