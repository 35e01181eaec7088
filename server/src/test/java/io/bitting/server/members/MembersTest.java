package io.bitting.server.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.audit.Actor;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.member.Member;
import io.bitting.member.Password;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Listing, showing, editing and removing members over the API, and what a key may do of it. */
final class MembersTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final Instant ENROLLED = Instant.parse("2026-11-20T10:00:00Z");

  private static String role(Tenant tenant, String member) {
    return SERVER
        .get(tenant.owner(), tenant.path("/members/" + member))
        .ok()
        .json()
        .path("role")
        .asText();
  }

  private static TestServer.Reply edit(Tenant tenant, String token, String member, Role role) {
    return SERVER.patch(
        token, tenant.path("/members/" + member), TestServer.json("role", role.code()));
  }

  private static TestServer.Reply remove(Tenant tenant, String token, String member) {
    return SERVER.post(token, tenant.path("/members/" + member + "/remove"), "");
  }

  private static List<String> ids(List<JsonNode> items) {
    return items.stream().map(item -> item.path("id").asText()).toList();
  }

  /** {@code GET …/members} and {@code GET …/members/{member}}. */
  @Nested
  final class Look {
    @Test
    void list_inPagesAndFiltered_hasEachOnce() {
      Tenant tenant = SERVER.tenant();
      Person ada = PersonMother.person().name("Ada Lovelace").mfaSince(ENROLLED).build();
      String owner = tenant.member(Role.OWNER, ada);
      String auditor = tenant.member(Role.AUDITOR);
      String member = tenant.member(Role.MEMBER);

      List<JsonNode> all = SERVER.items(tenant.owner(), tenant.path("/members"), 1);
      assertThat(all).isEqualTo(SERVER.items(tenant.owner(), tenant.path("/members"), 200));
      assertThat(ids(all)).containsExactlyInAnyOrder(owner, auditor, member);
      for (String query :
          List.of("?role=owner", "?mfa=true", "?q=LOVE", "?q=" + ada.mail(), "?q=" + owner)) {
        assertThat(
                SERVER
                    .get(tenant.owner(), tenant.path("/members" + query))
                    .ok()
                    .json()
                    .path("items")
                    .findValuesAsText("role"))
            .as(query)
            .containsExactly("owner");
      }
    }

    @Test
    void show_aMember_saysWhoItIs() {
      Tenant tenant = SERVER.tenant();
      Person ada = PersonMother.person().name("Ada Lovelace").mfaSince(ENROLLED).build();
      String id = tenant.member(Role.ADMIN, ada);
      JsonNode shown = SERVER.get(tenant.owner(), tenant.path("/members/" + id)).ok().json();
      assertThat(shown.path("mail").asText()).isEqualTo(ada.mail().text());
      assertThat(shown.path("name").asText()).isEqualTo("Ada Lovelace");
      assertThat(shown.path("role").asText()).isEqualTo("admin");
      assertThat(shown.path("state").asText()).isEqualTo("active");
      assertThat(Instant.parse(shown.path("mfa_since").asText())).isEqualTo(ENROLLED);
      assertThat(shown.toString()).doesNotContain(ada.id().text());
    }

    @Test
    void show_andList_sayWhenThePersonLastSignedIn() {
      Tenant tenant = SERVER.tenant();
      Person ada = PersonMother.person().build();
      String id = tenant.member(Role.AUDITOR, ada);
      String path = tenant.path("/members/" + id);
      assertThat(SERVER.get(tenant.owner(), path).ok().json().get("last_sign_in_at").isNull())
          .isTrue();

      SERVER
          .store()
          .write(writer -> {
            writer.people().noteSignIn(ada.id(), ENROLLED);
            return ada;
          });
      for (JsonNode shown :
          List.of(
              SERVER.get(tenant.owner(), path).ok().json(),
              SERVER.items(tenant.owner(), tenant.path("/members"), 200).get(0),
              edit(tenant, tenant.owner(), id, Role.MEMBER).ok().json())) {
        assertThat(Instant.parse(shown.path("last_sign_in_at").asText())).isEqualTo(ENROLLED);
      }
    }

    /** The documentation of scopes: who may manage members may view one too, but not list them. */
    @Test
    void show_byWhoManages_isAllowed_andListingIsNot() {
      Tenant tenant = SERVER.tenant();
      String id = tenant.member(Role.MEMBER);
      String manages = tenant.key("bitting", "org.memberships:manage").token();
      SERVER.get(manages, tenant.path("/members/" + id)).ok();
      Problems.expect(SERVER.get(manages, tenant.path("/members")), 403, "insufficient_scope");
      String reads = tenant.key("bitting", "org.memberships:read").token();
      SERVER.get(reads, tenant.path("/members")).ok();
      Problems.expect(remove(tenant, reads, id), 403, "insufficient_scope");
      Problems.expect(edit(tenant, reads, id, Role.AUDITOR), 403, "insufficient_scope");
    }
  }

  /** {@code PATCH …/members/{member}}. */
  @Nested
  final class Edit {
    @Test
    void edit_role_changesIt_andSaysSoInTheAudit() {
      Tenant tenant = SERVER.tenant();
      String id = tenant.member(Role.MEMBER);
      JsonNode after = edit(tenant, tenant.owner(), id, Role.AUDITOR).ok().json();
      assertThat(after.path("role").asText()).isEqualTo("auditor");
      JsonNode event = tenant.events().get(0);
      assertThat(event.path("action").asText()).isEqualTo("member.role_changed");
      assertThat(event.at("/target/id").asText()).isEqualTo(id);
      assertThat(event.at("/changes/0/before").asText()).isEqualTo("member");

      String before = SERVER.position();
      edit(tenant, tenant.owner(), id, Role.AUDITOR).ok();
      assertThat(SERVER.position()).isEqualTo(before);
    }

    /** A9: no key makes an owner or admin, however much it reaches; nor takes that from one. */
    @ParameterizedTest
    @EnumSource(
        value = Role.class,
        names = {"OWNER", "ADMIN"})
    void edit_ofOwnersAndAdmins_byAKey_isRefused(Role high) {
      Tenant tenant = SERVER.tenant();
      String low = tenant.member(Role.MEMBER);
      String holder = tenant.member(high);
      tenant.member(Role.OWNER);
      String before = tenant.everything();
      Problems.expect(edit(tenant, tenant.owner(), low, high), 403, "beyond_ceiling");
      Problems.expect(edit(tenant, tenant.owner(), holder, Role.AUDITOR), 403, "beyond_ceiling");
      Problems.expect(remove(tenant, tenant.owner(), holder), 403, "beyond_ceiling");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    /** A member makes keys; a key that makes none does not make a member either. */
    @Test
    void edit_beyondTheCeilingOfTheKey_isRefused() {
      Tenant tenant = SERVER.tenant();
      String auditor = tenant.member(Role.AUDITOR);
      String member = tenant.member(Role.MEMBER);
      String manages = tenant.key("bitting", "org.memberships:manage", "keys:issue").token();
      Problems.expect(edit(tenant, manages, auditor, Role.MEMBER), 403, "beyond_ceiling");
      Problems.expect(edit(tenant, manages, member, Role.AUDITOR), 403, "beyond_ceiling");
      Problems.expect(remove(tenant, manages, member), 403, "beyond_ceiling");
      remove(tenant, manages, auditor).ok();
      assertThat(role(tenant, member)).isEqualTo("member");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{} | /role member_missing",
          "{\"role\":null} | /role type_wrong",
          "{\"role\":\"Owner\"} | /role role_unknown",
          "{\"role\":\"auditor\",\"id\":\"x\"} | /id member_unknown",
          "{\"role\":\"auditor\",\"mail\":\"eve@example.com\"} | /mail member_unknown",
        })
    void edit_wrongForm_isRefused_andNothingChanges(String body, String fault) {
      Tenant tenant = SERVER.tenant();
      String id = tenant.member(Role.MEMBER);
      Problems.expectFaults(
          SERVER.patch(tenant.owner(), tenant.path("/members/" + id), body), fault);
      assertThat(role(tenant, id)).isEqualTo("member");
    }
  }

  /** {@code POST …/members/{member}/remove}. */
  @Nested
  final class Remove {
    @Test
    void remove_aMember_isGone_withThePersonAndWhatTheySignInWith() {
      Tenant tenant = SERVER.tenant();
      Person ada = PersonMother.person().build();
      String id = tenant.member(Role.MEMBER, ada);
      SERVER
          .store()
          .write(writer -> {
            writer.credentials().putPassword(new Password(ada.id(), "$argon2id$", ENROLLED));
            return true;
          });
      JsonNode removed = remove(tenant, tenant.owner(), id).ok().json();
      assertThat(removed.at("/member/id").asText()).isEqualTo(id);
      assertThat(removed.path("keys")).isEmpty();
      assertThat(removed.path("more_keys").asBoolean()).isFalse();
      assertThat(tenant.events().get(0).path("action").asText()).isEqualTo("member.removed");
      Problems.expect(SERVER.get(tenant.owner(), tenant.path("/members/" + id)), 404, "not_found");
      Problems.expect(remove(tenant, tenant.owner(), id), 404, "not_found");
      assertThat(
              SERVER
                  .store()
                  .<Boolean>read(reader ->
                      reader.people().person(ada.id()).isPresent()
                          || reader.credentials().password(ada.id()).isPresent()))
          .isFalse();
    }

    @Test
    void remove_whoIsAMemberElsewhere_leavesThePerson() {
      Tenant tenant = SERVER.tenant();
      Tenant other = SERVER.tenant();
      Person ada = PersonMother.person().build();
      String id = tenant.member(Role.MEMBER, ada);
      Member elsewhere =
          new Member(
              MemberId.generate(new SecureRandom()),
              new OrganizationId(other.id()),
              ada.id(),
              Role.AUDITOR,
              ENROLLED,
              new Actor(Actor.Kind.OPERATOR, "test"),
              1);
      SERVER
          .store()
          .write(writer -> {
            writer.people().insertMember(elsewhere);
            return true;
          });
      remove(tenant, tenant.owner(), id).ok();
      assertThat(role(other, elsewhere.id().text())).isEqualTo("auditor");
    }

    /** A10: what a leaver began ends with them; the keys they made wait for a decision. */
    @Test
    void remove_aMember_namesTheirKeys_andWithdrawsTheirInvitations() {
      Tenant tenant = SERVER.tenant();
      String id = tenant.member(Role.MEMBER);
      Actor leaver = Actor.member(new MemberId(id));
      String key = Leavings.key(tenant, leaver);
      String invitation = Leavings.invitation(tenant, leaver);
      String stays = tenant.invite(Role.AUDITOR).at("/invitation/id").asText();
      assertThat(ids(SERVER.items(tenant.owner(), tenant.path("/invitations"), 200)))
          .containsExactlyInAnyOrder(invitation, stays);
      assertThat(review(tenant)).doesNotContain("who left");

      JsonNode removed = remove(tenant, tenant.owner(), id).ok().json();
      assertThat(removed.path("keys").toString()).isEqualTo("[\"" + key + "\"]");
      assertThat(ids(SERVER.items(tenant.owner(), tenant.path("/invitations"), 200)))
          .containsExactly(stays);
      assertThat(review(tenant)).contains("was made by member " + id + ", who left");
      assertThat(
              SERVER
                  .get(tenant.owner(), tenant.path("/api-keys/" + key))
                  .ok()
                  .json()
                  .path("state")
                  .asText())
          .isEqualTo("active");
    }

    private static String review(Tenant tenant) {
      return SERVER.get(tenant.owner(), tenant.path("/review")).ok().text();
    }
  }

  /** {@code GET …/mfa}, and what of it {@code PATCH /v1/organizations/{org}} changes. */
  @Nested
  final class Mfa {
    private static TestServer.Reply require(Tenant tenant, String json) {
      return SERVER.patch(tenant.owner(), tenant.path(""), "{\"mfa_required_from\":" + json + "}");
    }

    @Test
    void show_beforeItIsRequired_saysWhomItKeepsOut() {
      Tenant tenant = SERVER.tenant();
      tenant.member(Role.OWNER, PersonMother.person().mfaSince(ENROLLED).build());
      String without = tenant.member(Role.MEMBER);
      JsonNode shown =
          SERVER
              .get(tenant.owner(), tenant.path("/mfa?from=2030-01-01T00:00:00%2B01:00"))
              .ok()
              .json();
      assertThat(shown.path("required_from").isNull()).isTrue();
      assertThat(shown.path("locked_out_from").asText()).isEqualTo("2029-12-31T23:00:00.000Z");
      assertThat(shown.path("locked_out").findValuesAsText("mail")).hasSize(1);
      assertThat(shown.at("/locked_out/0/id").asText()).isEqualTo(without);
      assertThat(shown.path("more").asBoolean()).isFalse();
    }

    @Test
    void edit_required_isShownAndAudited_andTheSameAgainChangesNothing() {
      Tenant tenant = SERVER.tenant();
      String from = "\"2030-01-01T00:00:00.000Z\"";
      JsonNode after = require(tenant, from).ok().json();
      assertThat(after.path("mfa_required_from").asText()).isEqualTo("2030-01-01T00:00:00.000Z");
      assertThat(
              SERVER
                  .get(tenant.owner(), tenant.path("/mfa"))
                  .ok()
                  .json()
                  .path("locked_out_from")
                  .asText())
          .isEqualTo("2030-01-01T00:00:00.000Z");
      JsonNode event = tenant.events().get(0);
      assertThat(event.at("/changes/0/name").asText()).isEqualTo("mfa_required_from");
      assertThat(event.at("/changes/0/before").asText()).isEqualTo("never");
      String before = SERVER.position();
      require(tenant, from).ok();
      assertThat(SERVER.position()).isEqualTo(before);
    }

    /** The preview names them, and leaves out who could not let anybody in anyway. */
    @Test
    void edit_whileALeaderHasNone_isRefused_andTheSameAgainIsNot() {
      Tenant tenant = SERVER.tenant();
      Person gone = PersonMother.person().build();
      Person ada = PersonMother.person().build();
      tenant.member(Role.OWNER, gone);
      SERVER
          .store()
          .write(writer -> {
            writer.people().updatePerson(gone.disabled(true));
            return gone;
          });
      tenant.member(Role.AUDITOR);
      require(tenant, "\"2030-01-01T00:00:00Z\"").ok();
      tenant.member(Role.ADMIN, ada);

      JsonNode first = SERVER.get(tenant.owner(), tenant.path("/mfa")).ok().json();
      assertThat(first.path("enrol_first").findValuesAsText("mail"))
          .containsExactly(ada.mail().text());
      assertThat(first.path("locked_out")).hasSize(3);
      String before = tenant.everything();
      JsonNode refused =
          Problems.expect(require(tenant, "\"2029-01-01T00:00:00Z\""), 409, "state_conflict");
      assertThat(refused.path("detail").asText())
          .isEqualTo(
              "1 owner or admin has no second factor: "
                  + ada.mail()
                  + ". A second factor can be required once each of them has one.");
      require(tenant, "\"2030-01-01T00:00:00Z\"").ok();
      assertThat(tenant.everything()).isEqualTo(before);
    }

    /** A9: a key with {@code org:write} switches it on, and sooner; off or later it does not. */
    @Test
    void edit_byAKey_onlyEverMakesItStricter() {
      Tenant tenant = SERVER.tenant();
      require(tenant, "\"2030-01-01T00:00:00Z\"").ok();
      for (String easier :
          List.of("null", "\"2030-01-01T00:00:00.001Z\"", "\"2031-01-01T00:00:00Z\"")) {
        Problems.expect(require(tenant, easier), 403, "person_required");
      }
      require(tenant, "\"2029-01-01T00:00:00Z\"").ok();
      Instant before = Instant.now(java.time.Clock.systemUTC());
      JsonNode now = require(tenant, "\"2020-01-01T00:00:00Z\"").ok().json();
      assertThat(Instant.parse(now.path("mfa_required_from").asText()))
          .isBetween(before.minusSeconds(1), before.plusSeconds(60));
      Problems.expect(require(tenant, "null"), 403, "person_required");
      SERVER.patch(tenant.owner(), tenant.path(""), "{\"name\":\"Renamed\"}").ok();
    }

    @Test
    void edit_whatIsNoTime_isRefused() {
      Tenant tenant = SERVER.tenant();
      for (String wrong : List.of("\"soon\"", "\"2030-01-01\"", "\"+99999-01-01T00:00:00Z\"")) {
        Problems.expectFaults(require(tenant, wrong), "/mfa_required_from time_malformed");
      }
      Problems.expectFaults(require(tenant, "1"), "/mfa_required_from type_wrong");
      require(tenant, "null").ok();
    }
  }

  /** What a leaver leaves behind, made as if the member had been signed in. */
  private static final class Leavings {
    static String key(Tenant tenant, Actor by) {
      return SERVER
          .store()
          .write(writer -> {
            var made =
                io.bitting.fixtures.KeyMother.key(
                        new OrganizationId(tenant.id()), io.bitting.id.ApiId.BITTING)
                    .scopes("org:read")
                    .createdBy(by)
                    .build();
            writer.insertKey(made.key(), made.secret());
            return made.key().id().text();
          })
          .result();
    }

    static String invitation(Tenant tenant, Actor by) {
      InvitationCodes codes = new InvitationCodes(java.time.Clock.systemUTC(), new SecureRandom());
      InvitationCodes.Fresh fresh =
          codes.make(
              new OrganizationId(tenant.id()),
              PersonMother.person().build().mail(),
              Role.AUDITOR,
              by);
      return SERVER
          .store()
          .write(writer -> {
            writer.people().insertInvitation(fresh.invitation());
            return fresh.invitation().id().text();
          })
          .result();
    }
  }
}
