package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.mail.MailSettings;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server is told about mail. */
final class MailSettingsTest {
  @TempDir private Path folder;

  private Optional<MailSettings> mail(String yaml) {
    Cli cli = new Cli(folder);
    cli.file("bitting.yaml", yaml);
    return ServerLaunch.mail(
        new ConfigurationReader(cli.surroundings(new StringWriter(), new StringWriter()))
            .read(Optional.empty(), java.util.Map.of()));
  }

  @Test
  void mail_withoutSettings_isNotSent() {
    assertThat(mail("listen: 127.0.0.1:0\n")).isEmpty();
  }

  /** Guarantee: TLS is left out towards this machine alone, and no name is believed to be it. */
  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example.com, mail.example.com, 587, STARTTLS",
    "smtp://mail.example.com:25, mail.example.com, 25, STARTTLS",
    "smtps://mail.example.com, mail.example.com, 465, TLS",
    "smtps://localhost:4650, localhost, 4650, TLS",
    "smtp://localhost:2525, localhost, 2525, NONE",
    "smtp://LOCALHOST:2525, localhost, 2525, NONE",
    "smtp://127.0.0.1:2525, 127.0.0.1, 2525, NONE",
    "smtp://[::1]:2525, ::1, 2525, NONE",
    "smtp://localhost.example.com:25, localhost.example.com, 25, STARTTLS",
    "smtp://127.0.0.1.example.com:25, 127.0.0.1.example.com, 25, STARTTLS",
    "smtp://10.0.0.1:25, 10.0.0.1, 25, STARTTLS",
  })
  void mail_ofUrl_isProtectedUnlessOnThisMachine(
      String url, String host, int port, MailSettings.Protection protection) {
    MailSettings settings =
        mail("smtp-url: '" + url + "'\nmail-from: No-Reply@example.com\n").orElseThrow();
    assertThat(settings.host()).isEqualTo(host);
    assertThat(settings.port()).isEqualTo(port);
    assertThat(settings.protection()).isEqualTo(protection);
    assertThat(settings.login()).isEmpty();
    assertThat(settings.from().text()).isEqualTo("no-reply@example.com");
    assertThat(settings.within()).isEqualTo(MailSettings.WITHIN);
  }

  @ParameterizedTest
  @CsvSource({
    "smtp://bitting%40example.com@mail.example.com:587,",
    "smtp://mail.example.com:587, smtp-user: bitting@example.com",
  })
  void mail_withAUser_hasThePassword(String url, String more) {
    MailSettings settings =
        mail("smtp-url: '"
                + url
                + "'\nmail-from: a@example.com\nsmtp-password: hunter2\n"
                + (more == null ? "" : more))
            .orElseThrow();
    assertThat(settings.login()).contains(new MailSettings.Login("bitting@example.com", "hunter2"));
    assertThat(settings.toString()).doesNotContain("hunter2");
  }
}
