package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings as {@code config print} shows them: {@code serve} reads them the same way. */
final class ConfigurationReaderTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(folder);
  }

  private String row(String setting, String... args) {
    List<String> all = new java.util.ArrayList<>(List.of("config", "print"));
    all.addAll(List.of(args));
    Cli.Result result = cli.run(all.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith(setting + " "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" {2,}", "|");
  }

  @Test
  void read_nothing_isTheUsual() {
    assertThat(row("listen")).isEqualTo("listen|127.0.0.1:8080|default");
    assertThat(row("data")).isEqualTo("data|bitting-data|default");
    assertThat(row("database")).isEqualTo("database|-|not set");
  }

  @Test
  void read_fileThenEnvironmentThenFlag_theStrongerWins() {
    cli.file("bitting.yaml", "# settings\nlisten: 127.0.0.1:1001\n");
    assertThat(row("listen")).isEqualTo("listen|127.0.0.1:1001|bitting.yaml, line 2");

    cli.env("BITTING_LISTEN", "127.0.0.1:1002");
    assertThat(row("listen")).isEqualTo("listen|127.0.0.1:1002|BITTING_LISTEN");

    assertThat(row("listen", "--listen", "127.0.0.1:1003"))
        .isEqualTo("listen|127.0.0.1:1003|--listen");
  }

  @Test
  void read_everySetting_comesByFileEnvironmentAndFlag() {
    Map<Setting, String> values =
        Map.ofEntries(
            Map.entry(Setting.DATA, "/data"),
            Map.entry(Setting.DATABASE, "jdbc:postgresql://db/bitting"),
            Map.entry(Setting.DATABASE_USER, "bitting"),
            Map.entry(Setting.LISTEN, "[::1]:8443"),
            Map.entry(Setting.ADMIN_LISTEN, "localhost:0"),
            Map.entry(Setting.GRPC_LISTEN, "127.0.0.1:9191"),
            Map.entry(Setting.BASE_URL, "https://keys.example.com"),
            Map.entry(Setting.TLS_CERT, "cert.pem"),
            Map.entry(Setting.TLS_KEY, "key.pem"),
            Map.entry(Setting.PEPPER_FILE, "/etc/bitting/pepper"),
            Map.entry(Setting.TRUSTED_PROXIES, "10.0.0.1,fd00::1"),
            Map.entry(Setting.SMTP_URL, "smtps://mail.example.com:465"),
            Map.entry(Setting.SMTP_USER, "bitting@example.com"),
            Map.entry(Setting.MAIL_FROM, "no-reply@example.com"));
    assertThat(values).hasSize(Setting.values().length - 2);
    StringBuilder yaml =
        new StringBuilder("database-password-file: password\nsmtp-password-file: password\n");
    StringBuilder args =
        new StringBuilder(
            "config print --database-password-file password --smtp-password-file password");
    Cli byEnvironment =
        new Cli(folder)
            .env("BITTING_DATABASE_PASSWORD_FILE", "password")
            .env("BITTING_SMTP_PASSWORD_FILE", "password");
    values.forEach((setting, value) -> {
      yaml.append(setting.key()).append(": '").append(value).append("'\n");
      args.append(' ').append(setting.flag()).append(' ').append(value);
      byEnvironment.env(setting.variable(), value);
    });
    cli.file("password", "hunter2\n");
    cli.file("all.yaml", yaml.toString());

    for (Cli.Result result :
        List.of(
            cli.run("config", "print", "--config", "all.yaml"),
            cli.run(args.toString().split(" ", -1)),
            byEnvironment.run("config", "print"))) {
      assertThat(result.code()).as(result.err()).isZero();
      values.forEach((setting, value) ->
          assertThat(result.out())
              .containsPattern(
                  "(?m)^" + setting.key() + " +" + java.util.regex.Pattern.quote(value)));
      assertThat(result.out()).contains("********").doesNotContain("hunter2", "default", "not set");
    }
  }

  @Test
  void read_listOfProxies_mayBeAList() {
    cli.file("bitting.yaml", "trusted-proxies:\n  - 10.0.0.1\n  - 10.0.0.2\n");

    assertThat(row("trusted-proxies"))
        .isEqualTo("trusted-proxies|10.0.0.1,10.0.0.2|bitting.yaml, line 1");
  }

  /** Guarantee: what is secret is not printed, in no form. */
  @Test
  void print_secret_isMasked() throws Exception {
    cli.env("BITTING_DATABASE", "jdbc:postgresql://db/bitting")
        .env("BITTING_DATABASE_PASSWORD", "hunter2");

    assertThat(row("database-password"))
        .isEqualTo("database-password|********|BITTING_DATABASE_PASSWORD");
    Cli.Result json = cli.run("config", "print", "-o", "json");
    JsonNode password = new ObjectMapper().readTree(json.out()).path("database-password");
    assertThat(password.path("value").asText()).isEqualTo("********");
    assertThat(json.out()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lisen: 127.0.0.1:1| bitting.yaml, line 1: there is no setting \"lisen\"; did you mean \"listen\"?",
        "allow-plain-http: true| there is no setting \"allow-plain-http\"",
        "LISTEN: 127.0.0.1:1| there is no setting \"LISTEN\"",
        "listen: 8080| listen \"8080\" (bitting.yaml, line 1) is not a host and a port",
        "listen: '127.0.0.1:99999'| is not a host and a port",
        "listen: {host: a}| has no value that is one text",
        "listen:| has no value that is one text",
        "'listen: 127.0.0.1:1\nlisten: 127.0.0.1:2'| line 2: \"listen\" stands twice, first in line 1",
        "- listen| is no list of settings",
        "'a: b: c'| line 1: this is not YAML",
        "'a: &x 1\nb: *x'| there is no setting",
        "base-url: keys.example.com| is not an http or https address",
        "database: jdbc:sqlite:x| is no JDBC URL of PostgreSQL",
        "database: jdbc:postgresql://db/b?user=a&password=hunter2| has a password in its URL",
        "database-password: hunter2| want a database",
        "database-password-file: missing| cannot be read: it does not exist",
        "'database: jdbc:postgresql://db/b\ndatabase-password: hunter2\ndatabase-password-file: password'| is given twice",
        "tls-cert: cert.pem| one of them is missing",
        "trusted-proxies: proxy.example.com| which is no IP address",
        "'smtp-url: http://mail.example.com\nmail-from: a@example.com'| smtp-url (bitting.yaml, line 1) is no mail server",
        "'smtp-url: smtp://mail.example.com:587/x\nmail-from: a@example.com'| is no mail server",
        "'smtp-url: smtp://mail.example.com:587?ssl=false\nmail-from: a@example.com'| is no mail server",
        "'smtp-url: smtp://mail.example.com:99999\nmail-from: a@example.com'| is no mail server",
        "'smtp-url: mail.example.com:587\nmail-from: a@example.com'| is no mail server",
        "'smtp-url: smtp://:587\nmail-from: a@example.com'| is no mail server",
        "'smtp-url: smtp://bitting:hunter2@mail.example.com\nmail-from: a@example.com'| has a password in it",
        "'smtp-url: bitting:hunter2@mail.example.com\nmail-from: a@example.com'| has a password in it",
        "'smtp-url: smtp://bitting:hunter2 @mail.example.com\nmail-from: a@example.com'| has a password in it",
        "smtp-url: smtp://mail.example.com| smtp-url and mail-from go together",
        "mail-from: a@example.com| smtp-url and mail-from go together",
        "'smtp-url: smtp://mail.example.com\nmail-from: Ada <ada@example.com>'| is no mail address",
        "smtp-user: bitting| want an smtp-url",
        "smtp-password: hunter2| want an smtp-url",
        "'smtp-url: smtp://mail.example.com\nmail-from: a@example.com\nsmtp-user: bitting'| smtp-password go together",
        "'smtp-url: smtp://bitting@mail.example.com\nmail-from: a@example.com'| smtp-password go together",
        "'smtp-url: smtp://mail.example.com\nmail-from: a@example.com\nsmtp-password: hunter2'| smtp-password go together",
        "'smtp-url: smtp://a@mail.example.com\nmail-from: a@example.com\nsmtp-user: a\nsmtp-password: hunter2'| is given twice",
      })
  void read_faultInTheFile_isExit2AndNamed(String yaml, String message) {
    cli.file("password", "hunter2");
    cli.file("bitting.yaml", yaml);

    for (String command : List.of("config print", "serve", "setup --recover")) {
      Cli.Result result = cli.run(command.split(" ", -1));
      assertThat(result.code()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains(message).doesNotContain("hunter2");
      assertThat(result.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BITTING_LISTN, did you mean BITTING_LISTEN?",
    "BITTING_DATABSE, did you mean BITTING_DATABASE?",
    "BITTING_PEPPER, BITTING_PEPPER is no setting",
    "BITTING_LISTEN, is not a host and a port"
  })
  void read_faultInTheEnvironment_isExit2AndNamed(String variable, String message) {
    Cli.Result result = cli.env(variable, "x").run("config", "print");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(message);
  }

  @Test
  void read_manyFaults_areAllNamed() {
    cli.file("bitting.yaml", "lisen: x\ndata: ''\nbase-url: y\n");

    assertThat(cli.env("BITTING_NOPE", "z").run("serve", "--admin-listen", "w").err())
        .contains("lisen", "\"data\"", "base-url", "BITTING_NOPE", "admin-listen");
  }

  @Test
  void read_fileThatWasNamedAndIsMissing_isAFault() {
    assertThat(cli.run("config", "print", "--config", "other.yaml").err())
        .contains("configuration file other.yaml does not exist");
    assertThat(cli.env("BITTING_CONFIG", "third.yaml").run("config", "print").err())
        .contains("third.yaml does not exist");
  }

  @Test
  void read_secretTwice_isAFault() {
    cli.file("password", "hunter2");
    cli.env("BITTING_DATABASE", "jdbc:postgresql://db/b")
        .env("BITTING_DATABASE_PASSWORD", "hunter2")
        .env("BITTING_DATABASE_PASSWORD_FILE", "password");

    assertThat(cli.run("config", "print").err())
        .contains("is given twice")
        .doesNotContain("hunter2");
  }

  @Test
  void address_ofIpv6_losesItsBrackets() {
    Configuration configuration =
        new ConfigurationReader(
                cli.surroundings(new java.io.StringWriter(), new java.io.StringWriter()))
            .read(java.util.Optional.empty(), Map.of(Setting.LISTEN, "[::1]:8443"));

    assertThat(configuration.address(Setting.LISTEN))
        .contains(new Configuration.Address("::1", 8443));
    assertThat(configuration.path(Setting.DATA)).contains(folder.resolve("bitting-data"));
  }
}
