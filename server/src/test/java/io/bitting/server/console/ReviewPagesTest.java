package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The review, its table, and deciding. */
final class ReviewPagesTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  /** A key with a finding: it never expires, and may do all. */
  private static Tenant.Made risky(Tenant owner, String name) {
    return owner.endless(name);
  }

  private List<String> keep(Tenant.Made key, String reason, String askAgain) {
    return List.of("key", key.id(), "verdict", "keep", "reason", reason, "ask_again", askAgain);
  }

  private static TestServer.Reply decide(SignedIn by, List<String> fields) {
    return by.post("/review/decisions", fields.toArray(String[]::new));
  }

  @Test
  void page_showsKeysWithFindings_ofTheOrganizationAlone() {
    Tenant.Made key = risky(tenant, "loads <b>everything</b>");
    Tenant.Made foreign = risky(server.tenant(), "not ours");
    String page = SignedIn.as(tenant, Role.AUDITOR).page("/review");
    assertThat(page)
        .contains("/keys/" + key.id())
        .contains("loads &lt;b&gt;everything&lt;/b&gt;")
        .contains("reviewed</strong>")
        .contains("Needed no scope at all")
        .doesNotContain("<b>everything")
        .doesNotContain(foreign.id());
  }

  @Test
  void keep_withAReason_countsAsReviewed_andIsInTheAudit() {
    Tenant.Made key = risky(tenant, "nightly");
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    TestServer.Reply reply = decide(admin, keep(key, "The only way in at night", "90d"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/review");
    assertThat(admin.page("/review")).doesNotContain("/keys/" + key.id() + "\"");
    assertThat(admin.page("/review?show=all")).contains("The only way in at night");
    assertThat(tenant.events().getFirst().path("action").asText()).isEqualTo("key.reviewed");
    assertThat(tenant.events().getFirst().at("/actor/id").asText())
        .isEqualTo(admin.member().id().text());
  }

  @Test
  void keep_withoutAReason_isSaidInTheForm_withWhatWasSent() {
    Tenant.Made key = risky(tenant, "nightly");
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String before = tenant.everything();
    TestServer.Reply reply = decide(owner, keep(key, "", "30d"));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("id=\"reason-" + key.id() + "-fault\"")
        .contains("a key is kept for a reason")
        .contains("<option value=\"30d\" selected>");
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void keep_untilSomethingElse_isRefused() {
    Tenant.Made key = risky(tenant, "nightly");
    for (String wrong : List.of("soon", "9000d")) {
      TestServer.Reply reply = decide(SignedIn.as(tenant, Role.OWNER), keep(key, "needed", wrong));
      assertThat(reply.status()).as(wrong).isEqualTo(422);
      assertThat(reply.text()).contains("id=\"again-" + key.id() + "-fault\"");
    }
  }

  @Test
  void revoke_inTheReview_revokes() {
    Tenant.Made key = risky(tenant, "nightly");
    TestServer.Reply reply =
        decide(
            SignedIn.as(tenant, Role.OWNER),
            List.of("key", key.id(), "verdict", "revoke", "reason", "nobody knows it"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(server.get(key.token(), "/v1/whoami").status()).isEqualTo(401);
  }

  /** Two ticked keys: first they are named, then, by their number, they are gone. */
  @Test
  void ticked_namedThenRevoked_eachByADecisionOfItsOwn() {
    Tenant.Made one = risky(tenant, "nightly");
    Tenant.Made two = risky(tenant, "<b>weekly");
    Tenant.Made foreign = risky(server.tenant(), "theirs");
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    assertThat(owner.page("/review"))
        .contains("name=\"key\" value=\"" + one.id() + "\" form=\"ticked\"");
    String[] ticked = {"key", one.id(), "key", two.id(), "key", foreign.id(), "key", one.id()};
    String before = tenant.everything();
    TestServer.Reply named = owner.post("/review/revoke", ticked);
    assertThat(named.status()).isEqualTo(200);
    assertThat(named.text())
        .contains("Revoke 2 keys", "nightly", "&lt;b&gt;weekly")
        .doesNotContain("theirs", "<b>weekly");
    for (String wrong : List.of("", "3", "nightly")) {
      TestServer.Reply refused = owner.post("/review/revoke", with(ticked, "confirm", wrong));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("id=\"confirm-fault\"");
    }
    TestServer.Reply unsayable =
        owner.post("/review/revoke", with(ticked, "confirm", "2", "reason", "a\u0007b"));
    assertThat(unsayable.status()).isEqualTo(422);
    assertThat(unsayable.text()).contains("id=\"reason-fault\"");
    assertThat(tenant.everything()).isEqualTo(before);

    TestServer.Reply done =
        owner.post(
            "/review/revoke",
            "keys",
            one.id() + " " + two.id(),
            "confirm",
            "2",
            "reason",
            "nobody knows them");
    assertThat(named.text()).contains("name=\"keys\" value=\"" + one.id() + " " + two.id() + "\"");
    assertThat(done.status()).as(done.text()).isEqualTo(303);
    for (Tenant.Made key : List.of(one, two)) {
      assertThat(server.get(key.token(), "/v1/whoami").status()).isEqualTo(401);
    }
    server.get(foreign.token(), "/v1/whoami").ok();
    assertThat(tenant.events().stream().limit(4).map(event -> event.path("action").asText()))
        .containsExactly("key.reviewed", "key.revoked", "key.reviewed", "key.revoked");
    assertThat(owner.post("/review/revoke", ticked).text()).contains("No key is ticked");
  }

  @Test
  void said_ofSomeThatAreLeft_beginsWithHowManyAreRevoked() {
    assertThat(SubmitRevocations.said(2, List.of())).isEqualTo("2 keys revoked.");
    assertThat(SubmitRevocations.said(1, List.of("nightly is not revoked: Gone.")))
        .isEqualTo("1 key revoked. nightly is not revoked: Gone.");
  }

  private static String[] with(String[] fields, String... more) {
    return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void ticked_byWhoMayNot_namesTheRole() {
    Tenant.Made key = risky(tenant, "nightly");
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    String before = tenant.everything();
    TestServer.Reply reply = auditor.post("/review/revoke", "key", key.id(), "confirm", "1");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text()).contains("keys:manage").contains("auditor");
    assertThat(tenant.everything()).isEqualTo(before);
  }

  @Test
  void decision_onAForeignKey_isAsOnNone() {
    Tenant.Made foreign = risky(server.tenant(), "theirs");
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    for (String id : List.of(foreign.id(), "000000000000")) {
      TestServer.Reply reply =
          owner.post("/review/decisions", "key", id, "verdict", "revoke", "reason", "x");
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text()).contains("there is no key");
    }
    server.get(foreign.token(), "/v1/whoami").ok();
  }

  @Test
  void decision_byWhoMayNot_namesTheRole() {
    Tenant.Made key = risky(tenant, "nightly");
    for (Role role : List.of(Role.MEMBER, Role.AUDITOR)) {
      SignedIn visitor = SignedIn.as(tenant, role);
      String before = tenant.everything();
      TestServer.Reply reply = decide(visitor, keep(key, "needed", "30d"));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).contains("keys:manage").contains(role.code());
      assertThat(tenant.everything()).isEqualTo(before);
    }
  }

  @Test
  void table_hasAllKeys_andNoFormula() {
    Tenant.Made key = risky(tenant, "=HYPERLINK(1)");
    TestServer.Reply reply = SignedIn.as(tenant, Role.AUDITOR).get("/review.csv");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/csv");
    assertThat(reply.header("Content-Disposition")).contains("attachment");
    assertThat(reply.text()).contains(key.id()).doesNotContain(",=HYPERLINK");
  }

  @Test
  void page_withAnotherFilter_isRefusedInWords() {
    TestServer.Reply reply = SignedIn.as(tenant, Role.AUDITOR).get("/review?show=some");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("open, decided or all").contains("<html");
  }
}
