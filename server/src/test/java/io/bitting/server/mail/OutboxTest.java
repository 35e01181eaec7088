package io.bitting.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bitting.member.MailAddress;
import io.bitting.server.AllLogs;
import io.bitting.server.TestCertificate;
import io.bitting.server.TestServer;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters over SMTP, to GreenMail and to servers that misbehave. */
final class OutboxTest {
  private static final String CODE = "ThisIsACodeThatNobodyLogs0000000";
  private static final Letter LETTER =
      new Letter(
          new MailAddress("grace@example.com"),
          "You are invited to Ärger & Söhne on Bitting",
          "Zoë,\n.\n\nhttp://localhost:8080/join#" + CODE);
  private static final Duration SOON = Duration.ofMillis(200);

  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = TestCertificate.make().own();
  }

  private static MailSettings settings(int port, MailSettings.Protection protection) {
    return new MailSettings(
        "127.0.0.1",
        port,
        protection,
        Optional.of(new MailSettings.Login("bitting", "hunter2")),
        new MailAddress("no-reply@bitting.example"),
        MailSettings.WITHIN);
  }

  private static MailSettings within(Duration within, int port) {
    return new MailSettings(
        "127.0.0.1",
        port,
        MailSettings.Protection.NONE,
        Optional.empty(),
        new MailAddress("no-reply@bitting.example"),
        within);
  }

  private static Outbox outbox(MailSettings settings) {
    return Outbox.of(Optional.of(settings), Clock.systemUTC());
  }

  private static Outbox trusting(MailSettings settings) {
    return new Outbox(
        Optional.of(new MailServer(settings, tls.getSocketFactory(), Clock.systemUTC())),
        settings.within());
  }

  private static boolean send(MailSettings settings) {
    try (Outbox outbox = outbox(settings)) {
      return outbox.send(LETTER, "invitation 1");
    }
  }

  /** A mail server that takes letters from one user. */
  private static GreenMail greenMail() {
    GreenMail server =
        new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    server.setUser("no-reply@bitting.example", "bitting", "hunter2");
    server.start();
    return server;
  }

  @Test
  void send_toAMailServer_arrivesAsItIs() throws Exception {
    GreenMail server = greenMail();
    try {
      assertThat(send(settings(server.getSmtp().getPort(), MailSettings.Protection.NONE))).isTrue();
      MimeMessage letter = server.getReceivedMessages()[0];
      assertThat(letter.getSubject()).isEqualTo(LETTER.subject());
      assertThat(letter.getContent().toString().replace("\r\n", "\n")).isEqualTo(LETTER.text());
      assertThat(letter.getFrom()[0]).hasToString("no-reply@bitting.example");
      assertThat(letter.getAllRecipients()).hasSize(1);
      assertThat(letter.getAllRecipients()[0]).hasToString("grace@example.com");
      assertThat(letter.getMessageID()).endsWith("@bitting.example>");
      assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    } finally {
      server.stop();
    }
  }

  /** Guarantee: nothing that a person named adds a header or a recipient. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme\r\nBcc: eve@example.com",
        "Acme\nBcc: eve@example.com",
        "Acme\rBcc: eve@example.com",
        "Acme\r\n\r\nBcc: eve@example.com",
        "Acmé\r\nBcc: eve@example.com",
        "Acme\u0085Bcc: eve@example.com",
        "Acme\u2028Bcc: eve@example.com",
        "Acme\u0000\u000bBcc: eve@example.com",
      })
  void send_subjectWithLineBreaks_addsNoHeader(String name) throws Exception {
    Letter crafted = new Letter(LETTER.to(), name, "text");
    assertThat(crafted.subject()).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]");
    GreenMail server = greenMail();
    try (Outbox outbox =
        outbox(settings(server.getSmtp().getPort(), MailSettings.Protection.NONE))) {
      assertThat(outbox.send(crafted, "invitation 1")).isTrue();
      assertThat(server.getReceivedMessages()).hasSize(1);
      MimeMessage letter = server.getReceivedMessages()[0];
      assertThat(Collections.list(letter.getAllHeaders()))
          .extracting(header -> header.getName())
          .doesNotContain("Bcc");
      assertThat(letter.getAllRecipients()).hasSize(1);
      assertThat(letter.getSubject()).contains("Bcc: eve@example.com");
      assertThat(letter.getContent().toString().strip()).isEqualTo("text");
    } finally {
      server.stop();
    }
  }

  @Test
  void send_withoutSettings_isNotSent() {
    try (Outbox outbox = Outbox.of(Optional.empty(), Clock.systemUTC())) {
      assertThat(outbox.send(LETTER, "invitation 1")).isFalse();
    }
  }

  @Test
  void send_wrongPassword_isNotSent() {
    GreenMail server = greenMail();
    try {
      server.setUser("no-reply@bitting.example", "bitting", "another");
      assertThat(send(settings(server.getSmtp().getPort(), MailSettings.Protection.NONE)))
          .isFalse();
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  /**
   * Guarantee: what cannot be sent is logged by what it is about and a kind of failure, without the
   * address, the code, the password, and what the mail server said.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH | 535 bitting hunter2 grace@example.com | the mail server refused the user or the password",
        "MAIL | 550 no, grace@example.com | refused the sender, the recipient or the text",
        "RCPT | 550 no grace@example.com here | refused the sender, the recipient or the text",
        "RCPT | 421 grace@example.com later | refused the sender, the recipient or the text",
        "DATA | 554 grace@example.com | refused the sender, the recipient or the text",
        "'.' | 554 I read ThisIsACodeThatNobodyLogs0000000 | refused the sender, the recipient or the text",
        "'' | 554 grace@example.com | no letter can be handed to the mail server (",
        "'' | HTTP/1.1 400 grace@example.com | no letter can be handed to the mail server (",
      })
  void send_refused_isLoggedWithoutAPersonsDataOrACode(String at, String answer, String why) {
    try (AllLogs logs = new AllLogs();
        ScriptedMailServer server = ScriptedMailServer.start(Map.of(at, answer))) {
      assertThat(send(settings(server.port(), MailSettings.Protection.NONE))).isFalse();
      assertThat(logs.text())
          .contains("the mail of invitation 1 was not sent: ", why)
          .doesNotContain(CODE, "grace", "hunter2", LETTER.subject());
    }
  }

  @Test
  void send_serverThatIsDown_isNotSent() throws Exception {
    try (AllLogs logs = new AllLogs()) {
      assertThat(send(settings(TestServer.freePort(), MailSettings.Protection.NONE))).isFalse();
      assertThat(logs.text())
          .contains("invitation 1 was not sent", "the mail server (ConnectException)");
    }
  }

  @Test
  void send_serverThatNeverAnswers_isNotSent() {
    try (AllLogs logs = new AllLogs();
        ScriptedMailServer server = ScriptedMailServer.startSilent()) {
      assertThat(send(within(SOON, server.port()))).isFalse();
      assertThat(logs.text()).contains("invitation 1 was not sent");
    }
  }

  /** A letter that was accepted is sent, however the server takes leave. */
  @ParameterizedTest
  @ValueSource(strings = {"", "500 what?"})
  void send_serverThatDoesNotSayGoodbye_isSent(String goodbye) {
    try (ScriptedMailServer server = ScriptedMailServer.start(Map.of("QUIT", goodbye))) {
      assertThat(send(settings(server.port(), MailSettings.Protection.NONE))).isTrue();
    }
  }

  /** Guarantee: who asks for many letters makes no more connections than there may be. */
  @Test
  void send_moreThanMayWait_isNotSentAtOnce() throws Exception {
    try (ScriptedMailServer silent = ScriptedMailServer.startSilent()) {
      Outbox outbox = outbox(within(Duration.ofMinutes(5), silent.port()));
      CountDownLatch begun = new CountDownLatch(Outbox.AT_ONCE + Outbox.WAITING_MAX);
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < Outbox.AT_ONCE + Outbox.WAITING_MAX; i++) {
        FutureTask<Boolean> one =
            new FutureTask<>(() -> {
              begun.countDown();
              return outbox.send(LETTER, "invitation 1");
            });
        Thread.ofVirtual().start(one);
        all.add(one);
      }
      begun.await();
      while (outbox.waiting() < Outbox.WAITING_MAX) {
        Thread.onSpinWait();
      }
      assertThat(outbox.send(LETTER, "invitation 2")).isFalse();
      outbox.close();
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isFalse();
      }
    }
  }

  @Test
  void send_startTls_saysNothingBefore() {
    try (ScriptedMailServer server = ScriptedMailServer.startWithTls(tls);
        Outbox outbox = trusting(settings(server.port(), MailSettings.Protection.STARTTLS))) {
      assertThat(outbox.send(LETTER, "invitation 1")).isTrue();
      assertThat(server.heard().stream().filter(line -> !line.startsWith("|")))
          .hasSize(2)
          .allMatch(line -> line.startsWith("EHLO ") || line.equals("STARTTLS"));
      assertThat(server.heard()).anyMatch(line -> line.startsWith("|AUTH PLAIN"));
      assertThat(server.heard()).anyMatch(line -> line.contains(CODE));
    }
  }

  /** Guarantee: whoever takes STARTTLS out of the way learns neither password nor letter. */
  @Test
  void send_startTlsThatIsNotOffered_isNotSent() {
    try (ScriptedMailServer server = ScriptedMailServer.start(Map.of());
        Outbox outbox = trusting(settings(server.port(), MailSettings.Protection.STARTTLS))) {
      assertThat(outbox.send(LETTER, "invitation 1")).isFalse();
      assertThat(server.heard())
          .isNotEmpty()
          .noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
    }
  }

  @Test
  void send_certificateOfNobodyKnown_isNotSent() {
    try (ScriptedMailServer server = ScriptedMailServer.startWithTls(tls)) {
      assertThat(send(settings(server.port(), MailSettings.Protection.STARTTLS))).isFalse();
      assertThat(server.heard()).hasSize(2);
    }
  }

  @Test
  void send_certificateOfAnotherHost_isNotSent() {
    try (ScriptedMailServer server = ScriptedMailServer.startWithTls(tls)) {
      MailSettings byAddress = settings(server.port(), MailSettings.Protection.STARTTLS);
      MailSettings byName =
          new MailSettings(
              "localhost",
              byAddress.port(),
              byAddress.protection(),
              byAddress.login(),
              byAddress.from(),
              byAddress.within());
      try (Outbox outbox = trusting(byName)) {
        assertThat(outbox.send(LETTER, "invitation 1")).isFalse();
      }
      assertThat(server.heard()).hasSize(2);
    }
  }

  /** Guarantee: with smtps nothing at all is said in the clear. */
  @Test
  void send_tlsToAServerInTheClear_isNotSent() {
    try (ScriptedMailServer server = ScriptedMailServer.start(Map.of())) {
      assertThat(send(settings(server.port(), MailSettings.Protection.TLS))).isFalse();
      assertThat(server.heard()).noneMatch(line -> line.matches("(?i)(EHLO|AUTH|MAIL).*"));
    }
  }

  @Test
  void toString_showsNothing() {
    MailSettings settings = settings(25, MailSettings.Protection.TLS);
    assertThat(LETTER + " " + settings).doesNotContain(CODE, "grace", "hunter2");
  }
}
