package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the forms of a key's page do: edit, disable, enable, end an overlap, rotate, revoke. */
final class SubmitKeyChangesTest {
  private static final List<String> FORMS =
      List.of("/edit", "/disable", "/enable", "/end-overlap", "/rotate", "/revoke");

  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();
  private final String api = server.api();
  private final Tenant.Made key = tenant.key(api, "orders:read");
  private final String page = "/keys/" + key.id();

  @Test
  void edit_savesNameAndPurpose() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);

    TestServer.Reply reply =
        admin.post(page + "/edit", "name", "Nächtlich <b>", "purpose", "Läuft & läuft");

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo(page);
    assertThat(admin.page(page))
        .contains("Nächtlich &lt;b&gt;", "Läuft &amp; läuft")
        .doesNotContain("Nächtlich <b>");
  }

  @Test
  void edit_withFaults_showsThemAllAndWhatWasSent() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER).post(page + "/edit", "name", "  ", "purpose", "a\u202Eb");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("name is empty", "U+202E", "href=\"#name\"", "href=\"#purpose\"")
        .contains("id=\"purpose\" name=\"purpose\" type=\"text\" value=\"a\u202Eb\"");
    assertThat(shown().path("purpose").asText()).isEmpty();
  }

  @Test
  void edit_toATakenName_saysSoAtTheName() {
    Tenant.Made other = tenant.key(api, "orders:read");
    String taken = other.shown().path("name").asText();

    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER).post(page + "/edit", "name", taken, "purpose", "");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"name-fault\"", "choose another, or revoke that key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\u0007", "a\u200Bb", "\u2066a"})
  void edit_toANameThatDoesNotPrint_isRefused(String name) {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String before = tenant.everything();

    TestServer.Reply reply = owner.post(page + "/edit", "name", name, "purpose", "");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void edit_toTenThousandMarks_isRefused() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER)
            .post(page + "/edit", "name", "a" + "\u0301".repeat(10_000), "purpose", "");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("at most 100 are allowed");
  }

  @Test
  void disable_andEnable_changeWhetherTheKeyIsAccepted() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);

    assertThat(admin.post(page + "/disable").status()).isEqualTo(303);
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("denied key_disabled");
    assertThat(admin.page(page)).contains("action=\"" + page + "/enable\"");

    assertThat(admin.post(page + "/enable").status()).isEqualTo(303);
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("allowed");
  }

  @Test
  void enable_ofARevokedKey_saysWhyNot() {
    tenant.change(key, "revoke").ok();

    TestServer.Reply reply = SignedIn.as(tenant, Role.OWNER).post(page + "/enable");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("revoked is for ever");
  }

  @Test
  void rotate_showsTheTokenOnceAndNowhereElse() {
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);

    TestServer.Reply reply = member.post(page + "/rotate", "overlap", "24h");

    assertThat(reply.status()).isEqualTo(200);
    String token = RevealedToken.of(reply);
    assertThat(reply.text()).contains("The old token is accepted until", "in 23 h");
    assertThat(server.verify(token, api, "orders:read")).isEqualTo("allowed");
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("allowed");
    RevealedToken.assertNowhereElse(token, SignedIn.as(tenant, Role.OWNER), key.id());
  }

  @Test
  void rotate_atOnce_endsTheOldToken() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER).post(page + "/rotate", "overlap", "now");

    assertThat(reply.text()).contains("The old token is refused");
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("denied key_expired");
  }

  @Test
  void rotate_withFaults_showsThemAllAndWhatWasSent() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER)
            .post(page + "/rotate", "overlap", "8d", "retire_when_quiet_hours", "soon");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("href=\"#overlap\"", "href=\"#retire-when-quiet-hours\"", "value=\"soon\"");
  }

  @Test
  void rotate_ofARevokedKey_saysWhyNot() {
    tenant.change(key, "revoke").ok();

    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER).post(page + "/rotate", "overlap", "24h");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("revoked is for ever");
  }

  @Test
  void rotatePage_showsWhenTheTokenWasLastUsed() {
    server.verify(key.token(), api, "orders:read");
    server.flushUsage();

    String rotate = SignedIn.as(tenant, Role.OWNER).page(page + "/rotate");

    assertThat(rotate).contains("Token last used", "just now").doesNotContain("Never used");
  }

  @Test
  void endOverlap_endsTheOldToken() {
    server.post(tenant.owner(), tenant.path(key, "/rotate"), "{\"overlap\":\"7d\"}").ok();
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);

    assertThat(admin.post(page + "/end-overlap").status()).isEqualTo(303);

    assertThat(server.verify(key.token(), api, "orders:read")).startsWith("denied");
    assertThat(admin.page(page)).doesNotContain("Two tokens are accepted.");
  }

  @Test
  void revoke_byItsName_isForEver() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    String name = key.shown().path("name").asText();

    TestServer.Reply reply =
        admin.post(page + "/revoke", "reason", "leaked", "note", "stood in a log", "confirm", name);

    assertThat(reply.status()).isEqualTo(303);
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("denied key_revoked");
    assertThat(admin.page(page)).contains("Revoked", "leaked", "stood in a log");
  }

  @Test
  void revoke_byAnotherName_changesNothing() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String before = tenant.everything();
    for (String name : List.of("", "key", key.shown().path("name").asText() + "x")) {
      TestServer.Reply reply =
          owner.post(page + "/revoke", "reason", "leaked", "note", "so", "confirm", name);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text())
          .contains("What is entered is not the name of this key")
          .contains("<option value=\"leaked\" selected>", "value=\"so\"");
    }
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void revoke_withAReasonThatIsNone_saysSo() {
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER)
            .post(
                page + "/revoke",
                "reason",
                "boredom",
                "confirm",
                key.shown().path("name").asText());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"reason-fault\"", "boredom");
  }

  @Test
  void revokePage_saysWhoUsesTheKeyAndWithinWhichTime() {
    server.verify(key.token(), api, "orders:read");
    server.flushUsage();

    String revoke = SignedIn.as(tenant, Role.OWNER).page(page + "/revoke");

    assertThat(revoke).contains("1 call in the last 7 days", "within 2 s", "It cannot be undone");
  }

  @Test
  void forms_ofARoleThatMayNot_changeNothing() {
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    String name = key.shown().path("name").asText();
    String before = tenant.everything();
    for (String form : FORMS) {
      TestServer.Reply reply =
          auditor.post(page + form, "name", "other", "overlap", "now", "confirm", name);
      assertThat(reply.status()).as(form).isEqualTo(403);
      assertThat(reply.text()).contains("ask an owner of the organization");
    }
    for (String form : List.of("/edit", "/disable", "/enable", "/end-overlap", "/revoke")) {
      assertThat(member.post(page + form, "name", "other", "confirm", name).status())
          .as(form)
          .isEqualTo(403);
    }
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void forms_withoutTheirToken_changeNothing() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String confirm = "confirm=" + key.shown().path("name").asText();
    String before = tenant.everything();
    for (String form : FORMS) {
      for (String token : List.of("", FormToken.FIELD + "=wrong&")) {
        TestServer.Reply reply =
            owner.postRaw(page + form, token + "name=other&overlap=now&" + confirm);
        assertThat(reply.status()).as(form).isEqualTo(403);
      }
    }
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void forms_ofAKeyOfSomebodyElse_areThoseOfNoKey() {
    Tenant other = server.tenant();
    Tenant.Made foreign = other.key(api, "orders:read");
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String before = other.everything();
    for (String form : FORMS) {
      for (String id : List.of(foreign.id(), "000000000000", "no-id")) {
        assertThat(
                owner
                    .post(
                        "/keys/" + id + form,
                        "name",
                        "other",
                        "confirm",
                        foreign.shown().path("name").asText())
                    .status())
            .as(id + form)
            .isEqualTo(404);
      }
    }
    for (String rest : List.of("/rotate", "/revoke")) {
      assertThat(owner.get("/keys/" + foreign.id() + rest).status()).isEqualTo(404);
    }
    assertThat(other.everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void pages_areSeenByEveryRole(Role role) {
    SignedIn somebody = SignedIn.as(tenant, role);
    for (String rest : List.of("", "/rotate", "/revoke")) {
      somebody.page(page + rest);
    }
  }

  private com.fasterxml.jackson.databind.JsonNode shown() {
    return server.get(tenant.owner(), tenant.path(key, "")).ok().json();
  }
}
