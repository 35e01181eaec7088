package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.access.Powers;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.KeyId;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.console.SignedIn;
import io.bitting.server.http.Answer;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.Call;
import io.bitting.server.http.Caller;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.MemberRow;
import io.bitting.store.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What members may do, asked of the endpoints themselves, without a page before them: whatever lets
 * a page ask too much meets this.
 */
final class MemberMatrixTest {
  private static final MutableClock CLOCK = new MutableClock();

  /** What takes a body and only looks; who may is asked before. */
  private static final Set<String> LOOKS = Set.of("showWhatIf");

  private static TestServer server;
  private static Tenant tenant;
  private static String shop;

  @BeforeAll
  static void start() {
    server = TestServer.start(CLOCK, List.of());
    tenant = server.tenant().endless();
    shop = server.api();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Instant now() {
    return CLOCK.instant();
  }

  /** Every operation that changes something × every role × operator organization or not. */
  @Test
  void changes_ofEveryRole_areThoseOfItsScopes() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Tenant where : List.of(tenant, server.operator().endless())) {
      for (Role role : Role.values()) {
        SignedIn somebody = SignedIn.as(where, role, now());
        Predicate<io.bitting.scope.Scope> held = Powers.of(role, organization(where));
        for (Endpoint endpoint : changes()) {
          Requirement.Scopes scopes = (Requirement.Scopes) endpoint.route().requirement();
          String before = scopes.isMetBy(held) ? "" : where.everything();
          String code = code(ask(endpoint, where, somebody.caller()));
          boolean refused = code.equals("role_insufficient");
          if (refused == scopes.isMetBy(held)) {
            faults.add(
                role + " in " + where.slug() + ": " + endpoint.route().operationId() + " " + code);
          }
          if (refused && !where.everything().equals(before)) {
            faults.add(endpoint.route().operationId() + " was refused and changed something");
          }
          count++;
        }
      }
    }
    assertThat(faults).isEmpty();
    System.out.println("members: " + count + " cells of role and change right");
  }

  /** A way in which somebody who was let in a moment ago is to be refused. */
  enum Lost {
    ENDED("sign_in_ended"),
    IDLE("sign_in_ended"),
    REMOVED("sign_in_ended"),
    DISABLED("sign_in_ended"),
    /** A10: another person's member, with one's own sign-in. */
    ANOTHERS_MEMBER("sign_in_ended"),
    ANOTHERS_SIGN_IN("sign_in_ended"),
    ANOTHERS_ORGANIZATION("sign_in_ended"),
    FACTOR_NOT_PROVED("second_factor_required"),
    FACTOR_REQUIRED("second_factor_required"),
    DEMOTED("role_insufficient"),
    SUSPENDED("organization_suspended");

    private final String code;

    Lost(String code) {
      this.code = code;
    }
  }

  /** 7.4, A10: under the locks, whatever was known before. */
  @ParameterizedTest
  @EnumSource(Lost.class)
  void change_ofSomebodyWhoLostTheRight_isRefusedAndChangesNothing(Lost lost) {
    Tenant mine = server.tenant().endless();
    SignedIn owner =
        lost == Lost.FACTOR_REQUIRED
            ? SignedIn.withoutFactor(mine, Role.OWNER, now())
            : SignedIn.as(mine, Role.OWNER, now());
    Endpoint rename = endpoint("editOrganization");
    assertThat(code(ask(rename, mine, owner.caller()))).isEqualTo("200");
    Caller.Member caller = lose(lost, mine, owner);
    Organization before = organization(mine);
    assertThat(code(ask(rename, mine, caller, "{\"name\":\"After all\"}"))).isEqualTo(lost.code);
    assertThat(organization(mine)).isEqualTo(before);
  }

  private static Caller.Member lose(Lost lost, Tenant mine, SignedIn owner) {
    Caller.Member own = owner.caller();
    switch (lost) {
      case ENDED -> write(writer -> writer.credentials().updateSignIn(owner.signIn().ended(now())));
      case IDLE -> CLOCK.advance(SignIn.IDLE_MAX);
      case REMOVED -> write(writer -> writer.people().removeMember(stored(writer, owner).member()));
      case DISABLED ->
          write(writer -> writer.people().updatePerson(person(writer, owner).disabled(true)));
      case FACTOR_NOT_PROVED ->
          write(writer -> {
            SignIn half = owner.signIn();
            writer
                .credentials()
                .updateSignIn(
                    new SignIn(
                        half.id(),
                        half.digest(),
                        half.person(),
                        half.createdAt(),
                        half.lastSeenAt(),
                        Map.of(io.bitting.member.Factor.PASSWORD, now()),
                        half.source(),
                        half.userAgent(),
                        null));
          });
      case FACTOR_REQUIRED ->
          server
              .patch(
                  mine.owner(),
                  mine.path(""),
                  TestServer.json("mfa_required_from", now().minusSeconds(60).toString()))
              .ok();
      case DEMOTED ->
          write(writer ->
              writer.people().updateMember(stored(writer, owner).member().as(Role.AUDITOR)));
      case SUSPENDED ->
          server
              .post(server.ownerToken(), "/v1/organizations/" + mine.slug() + "/suspend", "")
              .ok();
      case ANOTHERS_MEMBER -> {
        SignedIn auditor = SignedIn.as(mine, Role.AUDITOR, now());
        return new Caller.Member(
            own.organization(), own.member(), auditor.person().id(), auditor.signIn().id());
      }
      case ANOTHERS_SIGN_IN -> {
        SignedIn auditor = SignedIn.as(mine, Role.AUDITOR, now());
        return new Caller.Member(
            own.organization(), own.member(), own.person(), auditor.signIn().id());
      }
      case ANOTHERS_ORGANIZATION -> {
        SignedIn foreign = SignedIn.as(tenant, Role.OWNER, now());
        return new Caller.Member(
            own.organization(),
            foreign.member().id(),
            foreign.person().id(),
            foreign.signIn().id());
      }
    }
    return own;
  }

  private interface Deed {
    void by(Writer writer);
  }

  private static void write(Deed deed) {
    server
        .store()
        .write(writer -> {
          deed.by(writer);
          return 0;
        });
  }

  private static MemberRow stored(Writer writer, SignedIn owner) {
    return writer.people().member(owner.member().id()).flatMap(Sealed::intact).orElseThrow();
  }

  private static Person person(Writer writer, SignedIn owner) {
    return writer.people().person(owner.person().id()).flatMap(Sealed::intact).orElseThrow();
  }

  /** A9: what no key does, a person does who has just proved a second factor, and no other. */
  @Test
  void easingTheSecondFactor_takesAFreshOne() {
    Tenant mine = server.tenant().endless();
    String off = "{\"mfa_required_from\":null}";
    Endpoint edit = endpoint("editOrganization");
    SignedIn owner = SignedIn.as(mine, Role.OWNER, now());
    String on = TestServer.json("mfa_required_from", now().plusSeconds(3600).toString());
    assertThat(code(ask(edit, mine, owner.caller(), on))).isEqualTo("200");
    SignedIn without = SignedIn.withoutFactor(mine, Role.OWNER, now());
    assertThat(code(ask(edit, mine, without.caller(), off))).isEqualTo("person_required");
    Problems.expect(server.patch(mine.owner(), mine.path(""), off), 403, "person_required");
    CLOCK.advance(SignIn.FRESH);
    assertThat(code(ask(edit, mine, owner.caller(), off))).isEqualTo("fresh_proof_required");
    assertThat(organization(mine).mfaRequiredFrom()).isNotNull();
    SignedIn again = SignedIn.as(mine, Role.ADMIN, now());
    assertThat(code(ask(edit, mine, again.caller(), off))).isEqualTo("200");
    assertThat(organization(mine).mfaRequiredFrom()).isNull();
  }

  /** ASVS 7.5.1: so does a key by which the organization is changed, made or shown anew. */
  @Test
  void administrativeKey_takesAFreshSecondFactor() {
    Tenant mine = server.tenant().endless();
    SignedIn owner = SignedIn.as(mine, Role.OWNER, now());
    Endpoint create = endpoint("createKey");
    String manager =
        TestServer.json("api", "bitting", "name", "manager", "scopes", List.of("keys:manage"));
    String reader =
        TestServer.json("api", "bitting", "name", "reader", "scopes", List.of("keys:read"));
    String orders =
        TestServer.json("api", shop, "name", "orders", "scopes", List.of("orders:refund"));
    Answer made = ask(create, mine, owner.caller(), manager);
    assertThat(code(made)).isEqualTo("201");
    String id = json(made).path("id").asText();

    CLOCK.advance(SignIn.FRESH);

    String another = manager.replace("\"manager\"", "\"another\"");
    assertThat(code(ask(create, mine, owner.caller(), another))).isEqualTo("fresh_proof_required");
    assertThat(code(askOf("rotateKey", mine, owner, id, "{}"))).isEqualTo("fresh_proof_required");
    assertThat(code(askOf("replaceKey", mine, owner, id, "{}"))).isEqualTo("fresh_proof_required");
    assertThat(code(ask(create, mine, owner.caller(), reader))).isEqualTo("201");
    assertThat(code(ask(create, mine, owner.caller(), orders))).isEqualTo("201");
    SignedIn admin = SignedIn.as(mine, Role.ADMIN, now().minus(SignIn.FRESH));
    assertThat(
            code(
                ask(
                    create,
                    mine,
                    admin.caller(),
                    TestServer.json(
                        "api", "bitting", "name", "more", "scopes", List.of("keys:issue")))))
        .as("no proof would help")
        .isEqualTo("beyond_ceiling");
    SignedIn again = SignedIn.as(mine, Role.OWNER, now());
    assertThat(code(ask(create, mine, again.caller(), another))).isEqualTo("201");
    assertThat(code(askOf("rotateKey", mine, again, id, "{}"))).isEqualTo("200");
  }

  /** The audit names the member, and a key that a member makes is the member's. */
  @Test
  void key_madeByAMember_saysWho() {
    Tenant mine = server.tenant().endless();
    SignedIn member = SignedIn.as(mine, Role.MEMBER, now());
    Answer made =
        ask(
            endpoint("createKey"),
            mine,
            member.caller(),
            TestServer.json("api", shop, "name", "by hand", "scopes", List.of("orders:read")));
    JsonNode shown = json(made);
    assertThat(shown.at("/created_by/kind").asText()).isEqualTo("member");
    assertThat(shown.at("/created_by/id").asText()).isEqualTo(member.member().id().text());
    assertThat(KeyId.parse(shown.path("id").asText())).isPresent();
    assertThat(mine.events().get(0).at("/actor/id").asText())
        .isEqualTo(member.member().id().text());
    // A2: a member grants up to writing.
    assertThat(
            code(
                ask(
                    endpoint("createKey"),
                    mine,
                    member.caller(),
                    TestServer.json(
                        "api", shop, "name", "more", "scopes", List.of("orders:refund")))))
        .isEqualTo("beyond_ceiling");
  }

  private static List<Endpoint> changes() {
    return server.server().endpoints().stream()
        .filter(endpoint -> {
          Route route = endpoint.route();
          return !route.method().equals("GET")
              && route.plane() == Route.Plane.MANAGEMENT
              && route.requirement() instanceof Requirement.Scopes
              && !LOOKS.contains(route.operationId());
        })
        .toList();
  }

  private static Endpoint endpoint(String operationId) {
    return server.server().endpoints().stream()
        .filter(each -> each.route().operationId().equals(operationId))
        .findFirst()
        .orElseThrow();
  }

  private static Organization organization(Tenant where) {
    return server
        .store()
        .<Optional<Organization>>read(reader ->
            reader
                .organization(new io.bitting.id.OrganizationId(where.id()))
                .flatMap(Sealed::intact))
        .orElseThrow();
  }

  private static Answer ask(Endpoint endpoint, Tenant where, Caller caller) {
    return ask(
        endpoint,
        where,
        caller,
        BorderTest.BODIES
            .getOrDefault(endpoint.route().operationId(), "{}")
            .replace("{key}", "0123456789AB"));
  }

  private static Answer askOf(
      String operationId, Tenant where, SignedIn member, String key, String body) {
    return ask(endpoint(operationId), where, member.caller(), key, body);
  }

  private static Answer ask(Endpoint endpoint, Tenant where, Caller caller, String body) {
    return ask(endpoint, where, caller, "0123456789AB", body);
  }

  private static Answer ask(
      Endpoint endpoint, Tenant where, Caller caller, String key, String body) {
    Route route = endpoint.route();
    try {
      return endpoint.handle(
          new Call(
              new Call.Head(
                  () -> "request",
                  route.method(),
                  route.template(),
                  name -> List.of(),
                  "127.0.0.1"),
              Map.of(
                  "org",
                  where.slug(),
                  "key",
                  key,
                  "member",
                  "0123456789AB",
                  "invitation",
                  "0123456789AB",
                  "api",
                  shop),
              new Query(Map.of()),
              body.getBytes(StandardCharsets.UTF_8),
              "application/json",
              caller));
    } catch (io.bitting.server.http.Malformed e) {
      return Answer.problem(e.problem());
    }
  }

  private static JsonNode json(Answer answer) {
    return TestServer.parse(
        new String(
            new AnswerForm(() -> "").of(answer, "request").bytes().array(),
            StandardCharsets.UTF_8));
  }

  /** Returns the code of a problem, or the status of what went well. */
  private static String code(Answer answer) {
    return answer.status() < 300
        ? String.valueOf(answer.status())
        : json(answer).path("code").asText();
  }
}
