package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The audit: looking, exporting, verifying. */
final class AuditPagesTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  private SignedIn stale(Role role) {
    return SignedIn.as(
        tenant, role, Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(660));
  }

  @Test
  void page_showsEvents_ofTheOrganizationAlone() {
    Tenant.Made key =
        tenant.issue(
            tenant.owner(),
            TestServer.json(
                "api", "bitting", "name", "<u>x</u>", "scopes", new String[] {"org:read"}));
    Tenant.Made foreign = server.tenant().key("bitting", "org:read");
    assertThat(SignedIn.as(tenant, Role.AUDITOR).page("/audit"))
        .contains("key.created")
        .contains("/keys/" + key.id())
        .contains("&lt;u&gt;x&lt;/u&gt;")
        .doesNotContain("<u>")
        .doesNotContain(foreign.id());
  }

  @Test
  void page_filtered_hasWhatMatches_inParts() {
    for (int i = 0; i < 51; i++) {
      tenant.key("bitting", "org:read");
    }
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    String first = auditor.page("/audit?action=key.created&actor=&target=&from=&until=");
    assertThat(first).contains("50 events on this page").doesNotContain("organization.created");
    Matcher next = Pattern.compile("href=\"(/audit\\?[^\"]*cursor=[^\"]*)\"").matcher(first);
    assertThat(next.find()).isTrue();
    assertThat(auditor.page(next.group(1).replace("&amp;", "&"))).contains("2 events on this page");
    String today = Instant.now().toString().substring(0, 10);
    assertThat(auditor.page("/audit?from=" + today + "&until=" + today)).contains("key.created");
    assertThat(auditor.page("/audit?until=2020-01-01")).contains("No event matches");
  }

  @Test
  void page_filteredWrong_saysWhat() {
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    for (String wrong :
        new String[] {"from=soon", "from=2999-01-01", "from=2026-02-02&until=2026-02-01"}) {
      TestServer.Reply reply = auditor.get("/audit?" + wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(422);
      assertThat(reply.text()).contains("it is to be a time");
    }
    assertThat(auditor.get("/audit?cursor=x").status()).isIn(400, 422);
  }

  @Test
  void audit_byAMember_isRefused() {
    SignedIn member = SignedIn.as(tenant, Role.MEMBER);
    for (String path : new String[] {"/audit", "/audit.csv"}) {
      TestServer.Reply reply = member.get(path);
      assertThat(reply.status()).as(path).isEqualTo(403);
      assertThat(reply.text()).contains("audit:read");
    }
    assertThat(member.post("/audit/verify").status()).isEqualTo(403);
  }

  @Test
  void export_hasTheEvents_withoutFormulas() {
    tenant.key("bitting", "org:read");
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    auditor.post("/audit/verify");
    TestServer.Reply reply = auditor.get("/audit.csv?action=key.created");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("text/csv");
    assertThat(reply.header("Content-Disposition")).contains("attachment");
    assertThat(reply.text().lines().skip(1)).isNotEmpty().allMatch(l -> l.contains("key.created"));
  }

  /** Much at once, and to be taken away: whoever found an open browser does not get it. */
  @Test
  void export_withAStaleProof_leadsToTheSecondFactor() {
    SignedIn auditor = stale(Role.AUDITOR);
    TestServer.Reply reply = auditor.get("/audit.csv?action=key.created");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location"))
        .isEqualTo("/sign-in/second-factor?fresh=1&to=%2Faudit.csv%3Faction%3Dkey.created");
    String before = server.position();
    assertThat(auditor.post("/audit/verify").header("Location"))
        .startsWith("/sign-in/second-factor?fresh=1");
    assertThat(server.position()).isEqualTo(before);
    assertThat(auditor.get("/audit").status()).isEqualTo(200);
  }

  @Test
  void verify_ofAWholeChain_saysSo() {
    tenant.key("bitting", "org:read");
    TestServer.Reply reply = SignedIn.as(tenant, Role.OWNER).post("/audit/verify");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).contains("The chain is whole").contains("1 signed checkpoint");
  }
}
