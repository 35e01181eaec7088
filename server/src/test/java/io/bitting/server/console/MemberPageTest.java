package io.bitting.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.Actor;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** One member: the role, and leaving. */
final class MemberPageTest {
  private final TestServer server = TestServer.shared();
  private final Tenant tenant = server.tenant();
  private final Person kim = PersonMother.person().name("Kim & Tran").build();

  private String role(String member) {
    return server
        .get(tenant.owner(), tenant.path("/members/" + member))
        .ok()
        .json()
        .path("role")
        .asText();
  }

  private int status(String member) {
    return server.get(tenant.owner(), tenant.path("/members/" + member)).status();
  }

  private SignedIn stale(Role role) {
    return SignedIn.as(
        tenant, role, Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(660));
  }

  private String keyOf(SignedIn maker) {
    KeyMother.Made made =
        KeyMother.key(new OrganizationId(tenant.id()), new ApiId("bitting"))
            .scopes("org:read")
            .createdBy(Actor.member(maker.member().id()))
            .build();
    server
        .store()
        .write(writer -> {
          writer.insertKey(made.key(), made.secret());
          return made;
        });
    return made.key().id().text();
  }

  @Test
  void page_showsTheMember_andAForeignOneIsNotThere() {
    String id = tenant.member(Role.MEMBER, kim);
    SignedIn auditor = SignedIn.as(tenant, Role.AUDITOR);
    assertThat(auditor.page("/members/" + id))
        .contains("Kim &amp; Tran")
        .contains(kim.mail().text())
        .contains("aria-disabled");
    for (String other : new String[] {server.tenant().member(Role.MEMBER), "000000000000", "x"}) {
      assertThat(auditor.get("/members/" + other).status()).as(other).isEqualTo(404);
    }
  }

  @Test
  void role_isChanged() {
    String id = tenant.member(Role.MEMBER, kim);
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    TestServer.Reply reply = owner.post("/members/" + id + "/role", "role", "admin");
    assertThat(reply.status()).as(reply.text()).isEqualTo(303);
    assertThat(role(id)).isEqualTo("admin");
  }

  @Test
  void role_ofOwnersAndAdmins_takesAFreshProof() {
    String id = tenant.member(Role.MEMBER, kim);
    SignedIn owner = stale(Role.OWNER);
    TestServer.Reply reply = owner.post("/members/" + id + "/role", "role", "admin");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).startsWith("/sign-in/second-factor?fresh=1");
    assertThat(role(id)).isEqualTo("member");
    owner.post("/members/" + id + "/role", "role", "auditor");
    assertThat(role(id)).isEqualTo("auditor");
  }

  @Test
  void role_beyondTheVisitors_isRefused() {
    String id = tenant.member(Role.MEMBER, kim);
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.ADMIN).post("/members/" + id + "/role", "role", "owner");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("Only an owner gives");
    assertThat(
            SignedIn.as(tenant, Role.MEMBER)
                .post("/members/" + id + "/role", "role", "auditor")
                .status())
        .isEqualTo(403);
    assertThat(role(id)).isEqualTo("member");
  }

  @Test
  void lastOwner_canNeitherGoNorHaveALesserRole() {
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    String path = "/members/" + owner.member().id().text();
    assertThat(owner.page(path)).contains("This is the last owner");
    assertThat(owner.post(path + "/role", "role", "admin").text()).contains("is the last owner");
    assertThat(owner.post(path + "/remove", "confirm", owner.person().mail().text()).text())
        .contains("is the last owner");
    assertThat(role(owner.member().id().text())).isEqualTo("owner");
  }

  @Test
  void remove_withoutTheAddress_removesNobody() {
    String id = tenant.member(Role.MEMBER, kim);
    TestServer.Reply reply =
        SignedIn.as(tenant, Role.OWNER)
            .post("/members/" + id + "/remove", "confirm", "somebody@example.com");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text()).contains("id=\"confirm-fault\"");
    assertThat(status(id)).isEqualTo(200);
  }

  @Test
  void remove_withAStaleProof_leadsToTheSecondFactor() {
    String id = tenant.member(Role.MEMBER, kim);
    TestServer.Reply reply =
        stale(Role.OWNER).post("/members/" + id + "/remove", "confirm", kim.mail().text());
    assertThat(reply.header("Location")).startsWith("/sign-in/second-factor?fresh=1");
    assertThat(status(id)).isEqualTo(200);
  }

  @Test
  void remove_byWhoMayNot_isRefused() {
    String id = tenant.member(Role.MEMBER, kim);
    for (Role role : new Role[] {Role.MEMBER, Role.AUDITOR}) {
      assertThat(
              SignedIn.as(tenant, role)
                  .post("/members/" + id + "/remove", "confirm", kim.mail().text())
                  .status())
          .isEqualTo(403);
    }
    assertThat(status(id)).isEqualTo(200);
  }

  /** What becomes of a leaver's keys is decided, not left to happen. */
  @Test
  void remove_keepsTheKeys_orRevokesThem() {
    for (String decision : new String[] {"review", "hand_over", "revoke"}) {
      SignedIn maker = SignedIn.as(tenant, Role.ADMIN);
      String id = maker.member().id().text();
      String key = keyOf(maker);
      SignedIn owner = SignedIn.as(tenant, Role.OWNER);
      assertThat(owner.page("/members/" + id)).contains("/keys/" + key);
      TestServer.Reply reply =
          owner.post(
              "/members/" + id + "/remove",
              "confirm",
              maker.person().mail().text(),
              "keys",
              decision);
      assertThat(reply.status()).as(reply.text()).isEqualTo(303);
      assertThat(status(id)).isEqualTo(404);
      assertThat(
              server
                  .get(tenant.owner(), tenant.path("/api-keys/" + key))
                  .ok()
                  .json()
                  .path("state")
                  .asText())
          .isEqualTo(decision.equals("revoke") ? "revoked" : "active");
      assertThat(maker.get("/keys").status()).isEqualTo(303);
      String review = owner.page("/review?show=all");
      assertThat(review.contains(key)).isEqualTo(!decision.equals("revoke"));
      assertThat(review.contains("Ada answers for it")).isEqualTo(!decision.equals("review"));
    }
  }
}
