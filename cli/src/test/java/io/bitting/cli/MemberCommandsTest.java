package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.PersonMother;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for members against a real server. */
final class MemberCommandsTest {
  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @TempDir private Path folder;
  private Tenant tenant;
  private Cli cli;

  @BeforeAll
  static void startServer() {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    tenant = server.tenant();
    cli =
        new Cli(folder)
            .env("BITTING_URL", server.uri("").toString())
            .env("BITTING_TOKEN", tenant.owner());
  }

  private Cli.Result ok(String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result;
  }

  private Cli.Result fails(int code, String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(code);
    return result;
  }

  @Test
  void invite_printsTheLinkAlone_andWithdrawVoidsIt() {
    Cli.Result invited = ok("members", "invite", "Ada@Example.com", "--role", "member");
    assertThat(invited.lines()).singleElement().asString().contains("/join#");
    assertThat(invited.err())
        .contains("ada@example.com", "as member", "good once", "No mail was sent");
    Cli.Result listed = ok("members", "invitations");
    assertThat(listed.out()).contains("ada@example.com", "open").doesNotContain("#");
    JsonNode json = TestServer.parse(ok("members", "invitations", "-o", "json").out());
    String id = json.get(0).path("id").asText();

    fails(ExitCode.CONFLICT, "members", "invite", "ada@example.com", "--role", "member");
    ok("members", "withdraw", id);
    fails(ExitCode.NOT_FOUND, "members", "withdraw", id);
    assertThat(ok("members", "invite", "ada@example.com", "--role", "auditor", "--message").out())
        .contains("you are invited", "/join#");
  }

  @Test
  void invite_asJson_saysThatNoMailWasSent() {
    JsonNode json =
        TestServer.parse(
            ok("members", "invite", "ada@example.com", "--role", "member", "-o", "json").out());
    assertThat(json.path("sent").asBoolean(true)).isFalse();
    assertThat(json.path("link").asText()).contains("/join#");
  }

  @Test
  void edit_byMail_changesTheRole_andOwnersAreForOwners() {
    Person ada = PersonMother.person().build();
    tenant.member(Role.MEMBER, ada);
    String mail = ada.mail().text();
    assertThat(ok("members", "edit", mail, "--role", "auditor").err()).contains("is auditor now");
    assertThat(ok("members", "edit", mail, "--role", "auditor").err())
        .contains("nothing was changed");
    assertThat(fails(ExitCode.REFUSED, "members", "edit", mail, "--role", "owner").err())
        .contains("Only an owner");
    assertThat(ok("members", "show", mail).out())
        .contains("auditor", ada.name())
        .containsPattern("Last sign-in +never");
    assertThat(ok("members", "list").out()).containsIgnoringCase("last sign-in").contains("never");
    fails(ExitCode.NOT_FOUND, "members", "show", "nobody@example.com");
    fails(ExitCode.NOT_FOUND, "members", "show", "0123456789AB");
  }

  @Test
  void remove_wantsTheAddress() {
    Person ada = PersonMother.person().build();
    String id = tenant.member(Role.MEMBER, ada);
    fails(ExitCode.USAGE, "members", "remove", id, "--confirm=somebody@example.com");
    assertThat(ok("members", "list").out()).contains(ada.mail().text());
    ok("members", "remove", id, "--confirm=" + ada.mail());
    assertThat(ok("members", "list").err()).contains("has no members");

    Person eve = PersonMother.person().build();
    tenant.member(Role.AUDITOR, eve);
    cli.answering(eve.mail().text());
    ok("members", "remove", eve.mail().text());
  }

  @Test
  void mfa_saysWhomItKeepsOut_andRequiringItSaysSo() {
    assertThat(ok("members", "mfa", "--from", "14d").both())
        .contains("It has no members.")
        .doesNotContain("Every member");
    Person ada = PersonMother.person().build();
    tenant.member(Role.MEMBER, ada);
    assertThat(ok("members", "mfa", "--from", "14d").both())
        .contains("requires no second factor", "1 member without one", ada.mail().text());
    assertThat(ok("members", "list", "--without-mfa").out()).contains(ada.mail().text());
    assertThat(ok("organizations", "edit", "--mfa-required-from", "14d").out())
        .contains("required from", "in 14 d");
    assertThat(ok("members", "mfa").both()).contains("requires a second factor from");
    fails(ExitCode.REFUSED, "organizations", "edit", "--mfa-required-from", "15d");
    fails(ExitCode.USAGE, "members", "mfa", "--from", "soon");

    Person leader = PersonMother.person().build();
    tenant.member(Role.ADMIN, leader);
    assertThat(ok("members", "mfa").both())
        .contains("once these owners and admins have one: " + leader.mail());
    assertThat(
            fails(ExitCode.CONFLICT, "organizations", "edit", "--mfa-required-from", "13d").err())
        .contains("1 owner or admin has no second factor: " + leader.mail());
  }
}
