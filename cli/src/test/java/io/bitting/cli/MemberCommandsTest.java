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
    cli = Cli.of(folder, server, tenant.owner());
  }

  @Test
  void invite_printsTheLinkAlone_andWithdrawVoidsIt() {
    Cli.Result invited = cli.ok("members", "invite", "Ada@Example.com", "--role", "member");
    assertThat(invited.lines()).singleElement().asString().contains("/join#");
    assertThat(invited.err())
        .contains("ada@example.com", "as member", "good once", "No mail was sent");
    Cli.Result listed = cli.ok("members", "invitations");
    assertThat(listed.out()).contains("ada@example.com", "open").doesNotContain("#");
    JsonNode json = TestServer.parse(cli.ok("members", "invitations", "-o", "json").out());
    String id = json.get(0).path("id").asText();

    cli.ended(ExitCode.CONFLICT, "members", "invite", "ada@example.com", "--role", "member");
    cli.ok("members", "withdraw", id);
    cli.ended(ExitCode.NOT_FOUND, "members", "withdraw", id);
    assertThat(
            cli.ok("members", "invite", "ada@example.com", "--role", "auditor", "--message").out())
        .contains("you are invited", "/join#");
  }

  @Test
  void invite_asJson_saysThatNoMailWasSent() {
    JsonNode json =
        TestServer.parse(
            cli.ok("members", "invite", "ada@example.com", "--role", "member", "-o", "json").out());
    assertThat(json.path("sent").asBoolean(true)).isFalse();
    assertThat(json.path("link").asText()).contains("/join#");
  }

  @Test
  void edit_byMail_changesTheRole_andOwnersAreForOwners() {
    Person ada = PersonMother.person().build();
    tenant.member(Role.MEMBER, ada);
    String mail = ada.mail().text();
    assertThat(cli.ok("members", "edit", mail, "--role", "auditor").err())
        .contains("is auditor now");
    assertThat(cli.ok("members", "edit", mail, "--role", "auditor").err())
        .contains("nothing was changed");
    assertThat(cli.ended(ExitCode.REFUSED, "members", "edit", mail, "--role", "owner").err())
        .contains("Only an owner");
    assertThat(cli.ok("members", "show", mail).out())
        .contains("auditor", ada.name())
        .containsPattern("Last sign-in +never");
    assertThat(cli.ok("members", "list").out())
        .containsIgnoringCase("last sign-in")
        .contains("never");
    cli.ended(ExitCode.NOT_FOUND, "members", "show", "nobody@example.com");
    cli.ended(ExitCode.NOT_FOUND, "members", "show", "0123456789AB");
  }

  @Test
  void remove_wantsTheAddress() {
    Person ada = PersonMother.person().build();
    String id = tenant.member(Role.MEMBER, ada);
    cli.ended(ExitCode.USAGE, "members", "remove", id, "--confirm=somebody@example.com");
    assertThat(cli.ok("members", "list").out()).contains(ada.mail().text());
    cli.ok("members", "remove", id, "--confirm=" + ada.mail());
    assertThat(cli.ok("members", "list").err()).contains("has no members");

    Person eve = PersonMother.person().build();
    tenant.member(Role.AUDITOR, eve);
    cli.answering(eve.mail().text());
    cli.ok("members", "remove", eve.mail().text());
  }

  @Test
  void mfa_saysWhomItKeepsOut_andRequiringItSaysSo() {
    assertThat(cli.ok("members", "mfa", "--from", "14d").both())
        .contains("It has no members.")
        .doesNotContain("Every member");
    Person ada = PersonMother.person().build();
    tenant.member(Role.MEMBER, ada);
    assertThat(cli.ok("members", "mfa", "--from", "14d").both())
        .contains("requires no second factor", "1 member without one", ada.mail().text());
    assertThat(cli.ok("members", "list", "--without-mfa").out()).contains(ada.mail().text());
    assertThat(cli.ok("organizations", "edit", "--mfa-required-from", "14d").out())
        .contains("required from", "in 14 d");
    assertThat(cli.ok("members", "mfa").both()).contains("requires a second factor from");
    cli.ended(ExitCode.REFUSED, "organizations", "edit", "--mfa-required-from", "15d");
    cli.ended(ExitCode.USAGE, "members", "mfa", "--from", "soon");

    Person leader = PersonMother.person().build();
    tenant.member(Role.ADMIN, leader);
    assertThat(cli.ok("members", "mfa").both())
        .contains("once these owners and admins have one: " + leader.mail());
    assertThat(
            cli.ended(ExitCode.CONFLICT, "organizations", "edit", "--mfa-required-from", "13d")
                .err())
        .contains("1 owner or admin has no second factor: " + leader.mail());
  }
}
