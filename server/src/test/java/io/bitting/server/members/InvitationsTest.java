package io.bitting.server.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.InvitationMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.OrganizationId;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inviting, listing and withdrawing over the API: the code is in one answer, and nowhere else. */
final class InvitationsTest {
  private static final TestServer SERVER = TestServer.shared();

  private static TestServer.Reply invite(Tenant tenant, String token, String mail, Role role) {
    return SERVER.post(token, tenant.path("/invitations"), Tenant.invitation(mail, role));
  }

  private static List<JsonNode> open(Tenant tenant) {
    return SERVER.items(tenant.owner(), tenant.path("/invitations"), 200);
  }

  @Test
  void invite_somebody_showsTheCodeOnce_andKeepsItsDigest() {
    Tenant tenant = SERVER.tenant();
    JsonNode made = invite(tenant, tenant.owner(), "Grace@Example.COM", Role.MEMBER).ok().json();
    String code = made.path("code").asText();
    assertThat(code).matches("[0-9A-Za-z]{32}");
    assertThat(made.path("link").asText()).isEqualTo(SERVER.server().baseUrl() + "/join#" + code);
    assertThat(made.path("message").asText())
        .contains(made.path("link").asText(), "\"member\"", "Tenant ");
    JsonNode invitation = made.path("invitation");
    assertThat(invitation.path("mail").asText()).isEqualTo("grace@example.com");
    assertThat(invitation.path("state").asText()).isEqualTo("open");
    assertThat(
            Duration.between(
                Instant.parse(invitation.path("created_at").asText()),
                Instant.parse(invitation.path("expires_at").asText())))
        .isEqualTo(InvitationCodes.LIFETIME);

    assertThat(open(tenant)).containsExactly(invitation);
    Invitation kept =
        SERVER
            .store()
            .<Sealed<Invitation>>read(
                reader -> reader.people().invitation(Bytes.sha256(code)).orElseThrow())
            .intact()
            .orElseThrow();
    assertThat(kept.id().text()).isEqualTo(invitation.path("id").asText());
    JsonNode event = tenant.events().get(0);
    assertThat(event.path("action").asText()).isEqualTo("member.invited");
    // Who was invited can be erased; what stands in the audit cannot.
    assertThat(event.toString()).doesNotContain(code).doesNotContain("grace");
  }

  @Test
  void invite_againWithTheSameIdempotencyKey_makesNothing_andShowsNoCode() {
    Tenant tenant = SERVER.tenant();
    String path = tenant.path("/invitations");
    String body = Tenant.invitation("grace@example.com", Role.AUDITOR);
    JsonNode first = SERVER.postNamed(tenant.owner(), path, "\"one\"", body).ok().json();
    JsonNode again = SERVER.postNamed(tenant.owner(), path, "\"one\"", body).ok().json();
    assertThat(again.path("invitation")).isEqualTo(first.path("invitation"));
    assertThat(again.path("secret_available").asBoolean(true)).isFalse();
    assertThat(again.has("code") || again.has("link") || again.has("message")).isFalse();
    assertThat(again.toString()).doesNotContain(first.path("code").asText());
    assertThat(open(tenant)).hasSize(1);
  }

  @Test
  void invite_whoIsInvitedOrAMember_isAConflict() {
    Tenant tenant = SERVER.tenant();
    Person ada = PersonMother.person().build();
    tenant.member(Role.MEMBER, ada);
    invite(tenant, tenant.owner(), "grace@example.com", Role.MEMBER).ok();
    String before = tenant.everything();
    Problems.expect(
        invite(tenant, tenant.owner(), "GRACE@example.com", Role.AUDITOR), 409, "state_conflict");
    Problems.expect(
        invite(tenant, tenant.owner(), ada.mail().text(), Role.AUDITOR), 409, "state_conflict");
    assertThat(tenant.everything()).isEqualTo(before);
    // To another organization both are invited.
    Tenant other = SERVER.tenant();
    invite(other, other.owner(), "grace@example.com", Role.MEMBER).ok();
    invite(other, other.owner(), ada.mail().text(), Role.MEMBER).ok();
  }

  /** A9: a key invites nobody to a role that it may not give, and takes no such invitation away. */
  @Test
  void invite_beyondTheCeiling_isRefused() {
    Tenant tenant = SERVER.tenant();
    for (Role high : List.of(Role.OWNER, Role.ADMIN)) {
      Problems.expect(
          invite(tenant, tenant.owner(), "eve@example.com", high), 403, "beyond_ceiling");
    }
    String manages = tenant.key("bitting", "org.memberships:manage").token();
    Problems.expect(invite(tenant, manages, "eve@example.com", Role.MEMBER), 403, "beyond_ceiling");
    invite(tenant, manages, "eve@example.com", Role.AUDITOR).ok();
    String ofMember = tenant.invite(Role.MEMBER).at("/invitation/id").asText();
    String path = tenant.path("/invitations/" + ofMember + "/withdraw");
    Problems.expect(SERVER.post(manages, path, ""), 403, "beyond_ceiling");
    assertThat(open(tenant)).hasSize(2);
    String reads = tenant.key("bitting", "org.memberships:read").token();
    Problems.expect(
        invite(tenant, reads, "eve@example.com", Role.AUDITOR), 403, "insufficient_scope");
  }

  @Test
  void withdraw_anInvitation_isGone() {
    Tenant tenant = SERVER.tenant();
    JsonNode made = tenant.invite(Role.AUDITOR);
    String path = tenant.path("/invitations/" + made.at("/invitation/id").asText() + "/withdraw");
    assertThat(SERVER.post(tenant.owner(), path, "").ok().json())
        .isEqualTo(made.path("invitation"));
    assertThat(tenant.events().get(0).path("action").asText()).isEqualTo("invitation.withdrawn");
    Problems.expect(SERVER.post(tenant.owner(), path, ""), 404, "not_found");
    assertThat(open(tenant)).isEmpty();
  }

  @Test
  void invite_whoseInvitationExpired_takesItsPlace() {
    MutableClock clock = new MutableClock();
    clock.set(Instant.parse("2026-11-20T00:00:00Z"));
    try (TestServer server = TestServer.start(clock, List.of())) {
      Tenant tenant = server.operator().endless();
      String body = TestServer.json("mail", "grace@example.com", "role", "auditor");
      JsonNode first = server.post(tenant.owner(), tenant.path("/invitations"), body).ok().json();
      clock.advance(InvitationCodes.LIFETIME);
      assertThat(
              server
                  .items(tenant.owner(), tenant.path("/invitations"), 200)
                  .get(0)
                  .path("state")
                  .asText())
          .isEqualTo("expired");
      server.post(tenant.owner(), tenant.path("/invitations"), body).ok();
      assertThat(server.items(tenant.owner(), tenant.path("/invitations"), 200))
          .hasSize(1)
          .doesNotContain(first.path("invitation"));
    }
  }

  /** B5: invitations do not grow without bound. */
  @Test
  void invite_moreThanTheMost_isRefused_untilSomeAreWithdrawn() {
    Tenant tenant = SERVER.tenant();
    SERVER
        .store()
        .write(writer -> {
          for (int i = 0; i < CreateInvitation.AT_MOST; i++) {
            MailAddress mail = new MailAddress("p" + i + "@example.com");
            writer
                .people()
                .insertInvitation(
                    InvitationMother.invitation(new OrganizationId(tenant.id()), mail).build());
          }
          return true;
        });
    JsonNode problem =
        Problems.expect(
            invite(tenant, tenant.owner(), "more@example.com", Role.AUDITOR),
            409,
            "state_conflict");
    assertThat(problem.path("detail").asText()).contains("200 invitations");
    String id = open(tenant).get(0).path("id").asText();
    SERVER.post(tenant.owner(), tenant.path("/invitations/" + id + "/withdraw"), "").ok();
    invite(tenant, tenant.owner(), "more@example.com", Role.AUDITOR).ok();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | /mail member_missing, /role member_missing",
        "{\"mail\":1,\"role\":\"auditor\"} | /mail type_wrong",
        "{\"mail\":\"ada@example\",\"role\":\"auditor\"} | /mail mail_invalid",
        "{\"mail\":\"ada@example.com\\nBcc: x@y.z\",\"role\":\"auditor\"} | /mail mail_invalid",
        "{\"mail\":\"\\u202eada@example.com\",\"role\":\"boss\"} | /mail mail_invalid, /role role_unknown",
        "{\"mail\":\"ada@example.com\",\"role\":\"auditor\",\"organization\":\"x\"} | /organization member_unknown",
      })
  void invite_wrongForm_isRefused_andNothingChanges(String body, String faults) {
    Tenant tenant = SERVER.tenant();
    Problems.expectFaults(
        SERVER.post(tenant.owner(), tenant.path("/invitations"), body), faults.split(", "));
    assertThat(open(tenant)).isEmpty();
  }
}
