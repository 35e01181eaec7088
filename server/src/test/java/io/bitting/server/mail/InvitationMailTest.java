package io.bitting.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bitting.member.MailAddress;
import io.bitting.organization.Role;
import io.bitting.server.Problems;
import io.bitting.server.ServerSettings;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.console.SignedIn;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invitations of a server that sends mail: whatever becomes of the mail, the invitation stands. */
final class InvitationMailTest {
  private static GreenMail mail;
  private static TestServer server;

  @BeforeAll
  static void start() {
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    mail.start();
    server = start(mail.getSmtp().getPort(), MailSettings.WITHIN);
  }

  private static TestServer start(int port, Duration within) {
    Path folder = TestServer.newFolder();
    return TestServer.start(
        folder,
        TestServer.settings(new ServerSettings.Sqlite(folder))
            .withMail(
                Optional.of(
                    new MailSettings(
                        "127.0.0.1",
                        port,
                        MailSettings.Protection.NONE,
                        Optional.of(new MailSettings.Login("bitting", "hunter2")),
                        new MailAddress("no-reply@bitting.example"),
                        within))));
  }

  @AfterAll
  static void stop() {
    server.close();
    mail.stop();
  }

  @BeforeEach
  void forget() throws Exception {
    mail.purgeEmailFromAllMailboxes();
    mail.setUser("no-reply@bitting.example", "bitting", "hunter2");
  }

  private static JsonNode invite(Tenant tenant, String to) {
    return tenant.invite(to, Role.AUDITOR).ok().json();
  }

  /** Asserts that there is an invitation whose link its maker has, and nobody got. */
  private static void assertUnsent(Tenant tenant, JsonNode made) {
    assertThat(made.path("sent").asBoolean(true)).isFalse();
    assertThat(made.path("code").asText()).hasSize(32);
    assertThat(tenant.server().items(tenant.owner(), tenant.path("/invitations"), 200))
        .contains(made.path("invitation"));
  }

  @Test
  void invite_sendsTheTextWithTheLink() throws Exception {
    Tenant tenant = server.tenant();
    JsonNode made = invite(tenant, "grace@example.com");
    assertThat(made.path("sent").asBoolean()).isTrue();
    assertThat(mail.getReceivedMessages()).hasSize(1);
    MimeMessage letter = mail.getReceivedMessages()[0];
    assertThat(letter.getAllRecipients()).hasSize(1);
    assertThat(letter.getAllRecipients()[0]).hasToString("grace@example.com");
    assertThat(letter.getSubject()).startsWith("You are invited to Tenant tenant-");
    assertThat(letter.getContent().toString().replace("\r\n", "\n"))
        .isEqualTo(made.path("message").asText().stripTrailing())
        .contains(made.path("link").asText());
    assertThat(server.admin("GET", "/metrics").text())
        .doesNotContain(made.path("code").asText(), "grace");
  }

  @Test
  void invite_inTheConsole_saysThatItIsOnItsWay() {
    Tenant tenant = server.tenant();
    SignedIn owner = SignedIn.as(tenant, Role.OWNER);
    assertThat(
            owner.post("/members/invitations", "mail", "kim@example.com", "role", "member").text())
        .contains("on its way", "/join#")
        .doesNotContain("No mail was sent");
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void invite_sentAgain_isMailedOnce() {
    Tenant tenant = server.tenant();
    String path = tenant.path("/invitations");
    String body = Tenant.invitation("grace@example.com", Role.AUDITOR);
    JsonNode first = server.postNamed(tenant.owner(), path, "\"one\"", body).ok().json();
    JsonNode again = server.postNamed(tenant.owner(), path, "\"one\"", body).ok().json();
    assertThat(first.path("sent").asBoolean()).isTrue();
    assertThat(again.has("sent")).isFalse();
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  @Test
  void invite_refused_sendsNothing() {
    Tenant tenant = server.tenant();
    invite(tenant, "grace@example.com");
    Problems.expect(tenant.invite("grace@example.com", Role.AUDITOR), 409, "state_conflict");
    assertThat(mail.getReceivedMessages()).hasSize(1);
  }

  /** Inviting and withdrawing in a loop sends three letters; the link is shown all the same. */
  @Test
  void invite_andWithdrawAgainAndAgain_sendsThree() {
    Tenant tenant = server.tenant();
    String to = server.unique("often") + "@example.com";
    for (int i = 0; i < 5; i++) {
      JsonNode made = invite(tenant, to);
      if (i < 3) {
        assertThat(made.path("sent").asBoolean()).isTrue();
      } else {
        assertUnsent(tenant, made);
      }
      String id = made.at("/invitation/id").asText();
      server.post(tenant.owner(), tenant.path("/invitations/" + id + "/withdraw"), "").ok();
    }
    assertThat(mail.getReceivedMessages()).hasSize(3);
    assertThat(
            SignedIn.as(tenant, Role.OWNER)
                .post("/members/invitations", "mail", to, "role", "auditor")
                .text())
        .contains("No mail was sent", "/join#");
    assertThat(invite(server.tenant(), to).path("sent").asBoolean()).isTrue();
  }

  /** Guarantee: the name of an organization gets into the subject, and never beside it. */
  @Test
  void invite_organizationNamedWithLineBreaks_isNotThere() throws Exception {
    for (String name : new String[] {"A\r\nBcc: eve@example.com", "A\nB", "A\u0085B", "A\u2028B"}) {
      assertThat(
              server
                  .post(
                      server.ownerToken(),
                      "/v1/organizations",
                      TestServer.json("slug", server.unique("named"), "name", name))
                  .status())
          .isEqualTo(422);
    }
    Tenant tenant = server.tenant();
    server
        .patch(
            tenant.owner(), tenant.path(""), TestServer.json("name", "Bcc: eve@example.com, Ärger"))
        .ok();
    assertThat(invite(tenant, "grace@example.com").path("sent").asBoolean()).isTrue();
    assertThat(mail.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    assertThat(mail.getReceivedMessages()[0].getSubject())
        .isEqualTo("You are invited to Bcc: eve@example.com, Ärger on Bitting");
    assertThat(mail.getReceivedMessages()[0].getAllRecipients()).hasSize(1);
  }

  @Test
  void invite_wrongPasswordAtTheMailServer_isThere_andNotSent() {
    mail.setUser("no-reply@bitting.example", "bitting", "another");
    Tenant tenant = server.tenant();
    assertUnsent(tenant, invite(tenant, "grace@example.com"));
    assertThat(
            SignedIn.as(tenant, Role.OWNER)
                .post("/members/invitations", "mail", "kim@example.com", "role", "member")
                .text())
        .contains("No mail was sent", "/join#");
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void invite_whileTheMailServerRefusesIsSilentOrDown_isThere_andNotSent() {
    try (ScriptedMailServer refusing = ScriptedMailServer.start(Map.of("RCPT", "550 nobody here"));
        TestServer other = start(refusing.port(), MailSettings.WITHIN)) {
      Tenant tenant = other.tenant();
      assertUnsent(tenant, invite(tenant, "grace@example.com"));
      assertThat(refusing.heard()).contains("RCPT TO:<grace@example.com>");
      refusing.stop();
      assertUnsent(tenant, invite(tenant, "kim@example.com"));
    }
    try (ScriptedMailServer silent = ScriptedMailServer.startSilent();
        TestServer other = start(silent.port(), Duration.ofMillis(200))) {
      Tenant tenant = other.tenant();
      assertUnsent(tenant, invite(tenant, "grace@example.com"));
    }
  }
}
