package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.PersonMother;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The people of an organization, and inviting somebody. */
final class MembersPagesTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();

  private SignedIn stale(Role role) {
    return SignedIn.as(
        tenant, role, Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(660));
  }

  @Test
  void page_showsMembersAsText_andNoForeignOnes() {
    String id =
        tenant.member(Role.MEMBER, PersonMother.person().name("<script>alert(1)</script>").build());
    String foreign = server.tenant().member(Role.MEMBER);
    assertThat(SignedIn.as(tenant, Role.AUDITOR).page("/members"))
        .contains("/members/" + id)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert")
        .doesNotContain(foreign);
  }

  @Test
  void invite_showsTheLinkOnce() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    TestServer.Reply reply =
        owner.post("/members/invitations", "mail", " kim@example.com ", "role", "admin");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).contains("kim@example.com is invited").contains("/join#");
    assertThat(reply.header("Cache-Control")).contains("no-store");
    String page = owner.page("/members");
    assertThat(page).contains("kim@example.com").doesNotContain("/join#");
    assertThat(tenant.events().toString()).contains("member.invited").doesNotContain("/join#");
  }

  @Test
  void invite_wrongly_isSaidInTheForm_withWhatWasSent() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String before = tenant.everything();
    TestServer.Reply reply =
        owner.post("/members/invitations", "mail", "kim@\"><b>", "role", "emperor");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text())
        .contains("id=\"mail-fault\"")
        .contains("id=\"role-fault\"")
        .doesNotContain("\"><b>");
    assertThat(tenant.everything()).isEqualTo(before);
  }

  /** A9: nobody gives more than they may. */
  @Test
  void invite_anOwner_byAnAdmin_isRefused() {
    SignedIn admin = SignedIn.as(tenant, Role.ADMIN);
    TestServer.Reply reply =
        admin.post("/members/invitations", "mail", "kim@example.com", "role", "owner");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("Only an owner gives");
    assertThat(admin.page("/members"))
        .contains("value=\"member\"")
        .doesNotContain("value=\"owner\"");
  }

  @Test
  void invite_anAdmin_withAStaleProof_leadsToTheSecondFactor_andAMemberNot() {
    SignedIn owner = stale(Role.OWNER);
    owner.page("/members");
    String before = tenant.everything();
    TestServer.Reply reply =
        owner.post("/members/invitations", "mail", "kim@example.com", "role", "admin");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).startsWith("/sign-in/second-factor?fresh=1");
    assertThat(tenant.everything()).isEqualTo(before);
    assertThat(
            owner
                .post("/members/invitations", "mail", "kim@example.com", "role", "member")
                .status())
        .isEqualTo(200);
  }

  @Test
  void invite_byWhoMayNot_isRefused() {
    for (Role role : new Role[] {Role.MEMBER, Role.AUDITOR}) {
      TestServer.Reply reply =
          SignedIn.as(tenant, role)
              .post("/members/invitations", "mail", "kim@example.com", "role", "member");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text()).contains("org.memberships:manage");
    }
  }

  @Test
  void withdraw_voidsTheInvitation_andAForeignOneIsNotThere() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String own = tenant.invite(Role.MEMBER).at("/invitation/id").asText();
    String foreign = server.tenant().invite(Role.MEMBER).at("/invitation/id").asText();
    for (String id : new String[] {foreign, "000000000000"}) {
      assertThat(owner.post("/members/invitations/" + id + "/withdraw").status()).isEqualTo(404);
    }
    TestServer.Reply reply = owner.post("/members/invitations/" + own + "/withdraw");
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(owner.page("/members")).doesNotContain(own);
  }
}
