package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** An organization's name, policies, and second factor. */
final class SettingsPagesTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  private JsonNode organization() {
    return server.get(tenant.owner(), tenant.path("")).ok().json();
  }

  private SignedIn stale(Role role) {
    return SignedIn.as(
        tenant, role, Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(660));
  }

  private static TestServer.Reply policies(SignedIn by, String act, String lifetime) {
    return by.post(
        "/settings/policies",
        "key_lifetime_max_days",
        lifetime,
        "never_allowed",
        "true",
        "revoke_unused_after_days",
        "",
        "usage_kept_days",
        "400",
        "audit_kept_days",
        "",
        "dead_keys_kept_days",
        "365",
        "act",
        act);
  }

  @Test
  void name_isChanged_andShownAsText() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    TestServer.Reply reply = admin.post("/settings/name", "name", "Acme <s>& Sons</s>");
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(admin.page("/settings"))
        .contains("Acme &lt;s&gt;&amp; Sons&lt;/s&gt;")
        .doesNotContain("<s>");
  }

  /** Names that would show something else than they are. */
  @Test
  void name_withBidiControlOrMarks_isRefusedInTheForm() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    String before = organization().path("name").asText();
    for (String wrong :
        new String[] {"", "a\u202eb", "a\u0007b", "a" + "\u0301".repeat(10_000), "x".repeat(500)}) {
      TestServer.Reply reply = admin.post("/settings/name", "name", wrong);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("id=\"name-fault\"");
    }
    assertThat(organization().path("name").asText()).isEqualTo(before);
  }

  @Test
  void settings_areForAllToSee_andForFewToChange() {
    for (Role role : new Role[] {Role.MEMBER, Role.AUDITOR}) {
      SignedIn visitor = SignedIn.as(tenant, role);
      assertThat(visitor.page("/settings")).contains("aria-disabled");
      String before = organization().toString();
      assertThat(visitor.post("/settings/name", "name", "Other").status()).isEqualTo(403);
      assertThat(visitor.post("/settings/second-factor", "act", "require", "grace", "now").status())
          .isEqualTo(403);
      assertThat(policies(visitor, "save", "30").status()).isEqualTo(403);
      assertThat(organization().toString()).isEqualTo(before);
    }
  }

  @Test
  void secondFactor_saysWhoWouldBeLockedOut_beforeItIsRequired() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    SignedIn without = SignedIn.withoutFactor(tenant, Role.MEMBER);
    assertThat(owner.page("/settings")).contains("1 member would be locked out");
    TestServer.Reply reply = owner.post("/settings/second-factor", "act", "require", "grace", "7d");
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(owner.page("/settings")).contains("1 member will be locked out");
    assertThat(without.get("/keys").status()).isEqualTo(200);
    assertThat(Instant.parse(organization().path("mfa_required_from").asText()))
        .isBetween(Instant.now().plusSeconds(6 * 86400), Instant.now().plusSeconds(8 * 86400));

    owner.post("/settings/second-factor", "act", "require", "grace", "now");
    assertThat(without.get("/keys").header("Location")).isEqualTo("/account/factors/new");
  }

  @Test
  void secondFactor_whileALeaderHasNone_isNotRequired_andThePageSaysSoBefore() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    SignedIn admin = SignedIn.withoutFactor(tenant, Role.ADMIN);
    assertThat(owner.page("/settings")).contains("It can be required once each of them");
    TestServer.Reply reply = owner.post("/settings/second-factor", "act", "require", "grace", "7d");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("1 owner or admin has no second factor: " + admin.person().mail());
    assertThat(organization().path("mfa_required_from").isNull()).isTrue();
  }

  @Test
  void secondFactor_withoutAGrace_isRefused() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER).post("/settings/second-factor", "act", "require");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(organization().path("mfa_required_from").isNull()).isTrue();
  }

  @Test
  void secondFactor_isNoLongerRequired_onlyByAFreshOne() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    owner.post("/settings/second-factor", "act", "require", "grace", "30d");
    TestServer.Reply stale = stale(Role.OWNER).post("/settings/second-factor", "act", "stop");
    assertThat(stale.status()).isEqualTo(303);
    assertThat(stale.header("Location")).startsWith("/sign-in/second-factor?fresh=1");
    TestServer.Reply password =
        SignedIn.withoutFactor(tenant, Role.OWNER).post("/settings/second-factor", "act", "stop");
    assertThat(password.status()).isEqualTo(422);
    assertThat(password.text()).contains("signed in with one");
    assertThat(organization().path("mfa_required_from").isNull()).isFalse();
    assertThat(owner.post("/settings/second-factor", "act", "stop").status()).isEqualTo(303);
    assertThat(organization().path("mfa_required_from").isNull()).isTrue();
  }

  @Test
  void policies_arePreviewed_andNothingIsSaved() {
    Tenant.Made key = tenant.key("bitting", "org:read");
    String before = organization().toString();
    TestServer.Reply reply = policies(SignedIn.as(tenant, Role.ADMIN), "preview", "1");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text())
        .contains("Nothing is saved yet")
        .contains("/keys/" + key.id())
        .contains("longer than this allows")
        .contains("value=\"1\"");
    assertThat(organization().toString()).isEqualTo(before);
  }

  @Test
  void policies_areSaved() {
    TestServer.Reply reply = policies(SignedIn.as(tenant, Role.ADMIN), "save", "30");
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    JsonNode policy = organization().path("policy");
    assertThat(policy.path("key_lifetime_max_days").asInt()).isEqualTo(30);
    assertThat(policy.path("dead_keys_kept_days").asInt()).isEqualTo(365);
    assertThat(policy.path("audit_kept_days").isNull()).isTrue();
    assertThat(organization().path("all_scopes_allowed").asBoolean()).isFalse();
  }

  @Test
  void policies_thatAreNoNumbers_areSaidInTheForm() {
    String before = organization().toString();
    for (String act : new String[] {"preview", "save"}) {
      for (String wrong : new String[] {"soon", "0", "-1", "99999999"}) {
        TestServer.Reply reply = policies(SignedIn.as(tenant, Role.ADMIN), act, wrong);
        assertThat(reply.status()).as(act + " " + wrong).isEqualTo(422);
        assertThat(reply.text())
            .as(act + " " + wrong)
            .contains("id=\"key-lifetime-max-days-fault\"")
            .contains("value=\"" + wrong + "\"");
      }
    }
    assertThat(organization().toString()).isEqualTo(before);
  }
}
