package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShowKeyPageTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();
  private final String api = server.api();

  @Test
  void page_tellsUsedScopesFromUnusedOnes() {
    Tenant.Made key = tenant.key(api, "orders:write", "orders:refund");
    // What is asked for is covered by orders:write.
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("allowed");
    assertThat(server.verify(key.token(), api, "orders:read")).isEqualTo("allowed");
    server.flushUsage();

    String page = SignedIn.as(tenant, Role.ADMIN).page("/keys/" + key.id());

    assertThat(row(page, "orders:write")).contains("2 times").doesNotContain("Unused");
    assertThat(row(page, "orders:refund")).contains("Unused");
    assertThat(page).contains("2 of 9 scopes", "2 allowed", "Places orders.");
  }

  @Test
  void page_tellsWhatWasRefusedAndWhatIsMissing() {
    Tenant.Made key = tenant.key(api, "orders:read");
    assertThat(server.verify(key.token(), api, "orders:refund"))
        .isEqualTo("denied insufficient_scope");
    server.flushUsage();

    String page = SignedIn.as(tenant, Role.OWNER).page("/keys/" + key.id());

    assertThat(page)
        .contains("lacked <code>orders:refund</code>", "1 denied")
        .contains("href=\"/keys/new?replaces=" + key.id() + "&amp;add=orders%3Arefund\"");
  }

  @Test
  void page_showsWhatWasDoneToTheKey() {
    Tenant.Made key = tenant.key(api, "orders:read");
    tenant.change(key, "disable").ok();

    String page = SignedIn.as(tenant, Role.AUDITOR).page("/keys/" + key.id());

    assertThat(page).contains("key.created", "key.disabled");
  }

  @Test
  void page_ofAMember_saysWhoMayReadTheAudit() {
    Tenant.Made key = tenant.key(api, "orders:read");

    String page = SignedIn.as(tenant, Role.MEMBER).page("/keys/" + key.id());

    assertThat(page)
        .contains("To read the audit takes the role owner, admin or auditor; yours is member.")
        .doesNotContain("key.created");
  }

  @Test
  void page_whileTwoTokensAreAccepted_saysHowLong() {
    Tenant.Made key = tenant.key(api, "orders:read");
    server.post(tenant.owner(), tenant.path(key, "/rotate"), "{\"overlap\":\"1h\"}").ok();

    String page = SignedIn.as(tenant, Role.OWNER).page("/keys/" + key.id());

    assertThat(page).contains("Two tokens are accepted.", "The old one ends in 59 min");
  }

  @Test
  void page_ofAKeyOfSomebodyElse_isThatOfNoKey() {
    Tenant.Made foreign = server.tenant().key(api, "orders:read");
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String refusal = null;
    for (String id : List.of(foreign.id(), "000000000000", "no-id", "%3Cb%3E")) {
      TestServer.Reply reply = owner.get("/keys/" + id);
      assertThat(reply.status()).as(id).isEqualTo(404);
      String page = reply.text().replaceAll("name=\"form_token\" value=\"[^\"]*\"", "");
      page = page.replaceAll("(?i)request[^<]*<[^>]*>[^<]*", "");
      assertThat(refusal == null ? page : refusal).isEqualTo(page);
      refusal = page;
    }
  }

  @Test
  void page_ofAKeyWithoutAnUse_isThereToo() {
    Tenant.Made key = tenant.keyOfAll(api);

    String page = SignedIn.as(tenant, Role.AUDITOR).page("/keys/" + key.id());

    assertThat(page)
        .contains("All scopes of Shop: the 9 of today", "No use of this key is recorded");
  }

  private static String row(String page, String scope) {
    int begin = page.indexOf("<th scope=\"row\"><code>" + scope + "</code>");
    assertThat(begin).as(scope).isPositive();
    return page.substring(begin, page.indexOf("</tr>", begin));
  }
}
