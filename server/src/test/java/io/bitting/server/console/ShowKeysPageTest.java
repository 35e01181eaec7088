package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import org.junit.jupiter.api.Test;

final class ShowKeysPageTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  @Test
  void page_showsTheKeysOfTheVisitorsOrganization() {
    Tenant.Made key = tenant.key("bitting", "org:read");
    Tenant.Made foreign = server.tenant().key("bitting", "org:read");
    String page = SignedIn.as(tenant, Role.AUDITOR).page("/keys");
    assertThat(page).contains("/keys/" + key.id()).doesNotContain(foreign.id());
  }

  @Test
  void page_filteredWrong_saysWhat() {
    TestServer.Reply reply = SignedIn.as(tenant, Role.AUDITOR).get("/keys?unused_for=soon");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("it is to be a length of time");
  }

  @Test
  void page_withoutCookie_leadsToTheDoor() {
    TestServer.Reply reply = server.browse(server.request("", "/keys?q=a").GET().build());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("/sign-in?to=%2Fkeys%3Fq%3Da");
  }

  /** 7.2.2: a key is no sign-in. */
  @Test
  void page_withAKey_leadsToTheDoor() {
    TestServer.Reply reply = server.browse(server.request(tenant.owner(), "/keys").GET().build());
    assertThat(reply.status()).isEqualTo(303);
  }
}
