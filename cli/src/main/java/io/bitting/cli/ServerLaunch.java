package io.bitting.cli;

import io.bitting.cli.demo.Demo;
import io.bitting.cli.demo.DemoBanner;
import io.bitting.client.protocol.SecretText;
import io.bitting.issue.IssuedKey;
import io.bitting.member.MailAddress;
import io.bitting.seal.SealAlarm;
import io.bitting.server.BittingServer;
import io.bitting.server.Recovery;
import io.bitting.server.ServerSettings;
import io.bitting.server.StartRefusedException;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.IpAddress;
import io.bitting.server.mail.MailSettings;
import io.bitting.server.setup.FirstOwner;
import io.bitting.server.setup.SetupCodes;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Starts the server of this process: the one place where the command line meets the server's code.
 */
final class ServerLaunch implements Launch {
  private static final Duration MAX_STALE = Duration.ofSeconds(60);
  private static final String SETUP_CODE_FILE = "setup.code";

  @Override
  public int serve(Configuration configuration, Surroundings surroundings) {
    long began = System.nanoTime();
    ServerSettings settings = settings(configuration);
    ServerAddress address = ServerAddress.of(configuration);
    Path code = setupCodeFile(configuration);
    try (BittingServer server = BittingServer.start(settings)) {
      surroundings.say(
          String.format(
              Locale.ROOT,
              "Bitting %s · ready in %.1f s",
              CommandTree.version(),
              (System.nanoTime() - began) / 1e9));
      surroundings.say("  Listens  " + bracketed(settings.edge().host()) + ":" + server.port());
      surroundings.say("  OpenAPI  " + server.baseUrl() + "/openapi.json");
      surroundings.say(
          "  Admin    http://"
              + bracketed(settings.admin().host())
              + ":"
              + server.adminPort()
              + "/livez  /readyz  /metrics");
      surroundings.say("  Data     " + where(settings.database()));
      address.write(server.baseUrl());
      // One that was left behind is void: a start makes a new one, or there is an owner.
      Files.deleteIfExists(code);
      server.whenSetUp(() -> remove(code, surroundings));
      server.setupCodeIfNone().ifPresent(fresh -> show(fresh, server, code, surroundings));
      untilTold(
          server,
          () -> {
            address.remove();
            Files.deleteIfExists(code);
            surroundings.say("Stopped. The data is in " + where(settings.database()) + ".");
          });
      return ExitCode.OK;
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, "the data folder cannot be written: " + Problems.reason(e), "");
    } catch (StartRefusedException e) {
      throw refused(e);
    }
  }

  @Override
  public int demo(Configuration configuration, Surroundings surroundings) {
    long began = System.nanoTime();
    Configuration.Address listen = configuration.address(Setting.LISTEN).orElseThrow();
    Configuration.Address admin = configuration.address(Setting.ADMIN_LISTEN).orElseThrow();
    if (!isLoopback(listen.host()) || !isLoopback(admin.host())) {
      throw StopException.usage(
          "a demo listens on this machine only",
          "Give an address such as 127.0.0.1:9090, or use: bitting serve");
    }
    Path folder = configuration.path(Setting.DATA).orElseThrow();
    DemoTraces traces = new DemoTraces(surroundings, folder);
    traces.check();
    try (Demo demo = Demo.start(folder, listen.port(), admin.port(), surroundings.clock())) {
      traces.make(demo);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      for (String line :
          DemoBanner.lines(
              CommandTree.version(), demo, took, "./" + folder.getFileName(), DemoTraces.HEADER)) {
        surroundings.print(surroundings.asStarted(line));
      }
      if (!surroundings.isWritten()) {
        traces.remove(demo);
        throw new StopException(
            ExitCode.FAILURE, "what the demo has to show could not be written, so it ended", "");
      }
      untilTold(
          demo,
          () -> {
            traces.remove(demo);
            surroundings.say(
                "Stopped. "
                    + DemoTraces.HEADER
                    + " and profile \""
                    + DemoTraces.PROFILE
                    + "\" are removed; the data stays until the next demo in "
                    + folder
                    + ".");
          });
      return ExitCode.OK;
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, DemoTraces.HEADER + " cannot be removed: " + Problems.reason(e), "");
    } catch (StartRefusedException e) {
      throw refused(e);
    }
  }

  @Override
  public Recovered recover(Configuration configuration) {
    ServerSettings.Database database = database(configuration);
    if (database instanceof ServerSettings.Sqlite sqlite
        && !Files.exists(sqlite.folder().resolve("bitting.db"))) {
      throw new StopException(
          ExitCode.NOT_FOUND,
          sqlite.folder() + " has no database of Bitting",
          "Name the data folder with --data.");
    }
    SealAlarm alarm =
        (kind, id, verdict) ->
            System.err.println("ALARM: the seal of " + kind + " " + id + " is " + verdict);
    try {
      return switch (Recovery.recover(
          database, configuration.path(Setting.PEPPER_FILE), alarm, java.time.Clock.systemUTC())) {
        case FirstOwner.Owned owned -> recovered(owned);
        case FirstOwner.NotSetUp ignored ->
            throw new StopException(
                ExitCode.NOT_FOUND,
                "there is no owner yet, so there is nothing to recover",
                "Start the server; it shows a setup code.");
        case FirstOwner.NoSuchCode ignored ->
            throw new StopException(ExitCode.FAILURE, "no key was made", "");
        case FirstOwner.NotIssued not ->
            throw new StopException(ExitCode.FAILURE, "no key was made: " + not.why(), "");
      };
    } catch (StartRefusedException e) {
      throw refused(e);
    }
  }

  private static Recovered recovered(FirstOwner.Owned owned) {
    IssuedKey issued = owned.issued().key();
    return new Recovered(
        issued.token().toString(),
        owned.organization().slug().text(),
        issued.row().expiresAt().orElseThrow(),
        SecretText.of(issued.revealOnce()),
        SecretText.of(owned.code().orElseThrow().text()));
  }

  private static ServerSettings settings(Configuration configuration) {
    ServerSettings.Database database = database(configuration);
    Configuration.Address listen = configuration.address(Setting.LISTEN).orElseThrow();
    Configuration.Address admin = configuration.address(Setting.ADMIN_LISTEN).orElseThrow();
    Optional<Configuration.Address> grpc = configuration.address(Setting.GRPC_LISTEN);
    Optional<Path> pepper = configuration.path(Setting.PEPPER_FILE);
    boolean local =
        isLoopback(listen.host()) && grpc.stream().allMatch(address -> isLoopback(address.host()));
    if (pepper.isEmpty() && !local) {
      throw new StopException(
          ExitCode.USAGE,
          "a server that listens beyond this machine wants its pepper keyset named",
          "Make one, and keep a copy of it elsewhere: bitting pepper create FILE; then give --pepper-file FILE.");
    }
    Optional<Path> certificate = configuration.path(Setting.TLS_CERT);
    Optional<Path> key = configuration.path(Setting.TLS_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw StopException.usage(
          "TLS needs a certificate and its key", "Give both --tls-cert and --tls-key, or neither.");
    }
    certificate.ifPresent(file -> checkPem(file, Setting.TLS_CERT, "CERTIFICATE"));
    key.ifPresent(file -> checkPem(file, Setting.TLS_KEY, "PRIVATE KEY"));
    ServerSettings settings =
        new ServerSettings(
            database,
            new EdgeSettings(
                listen.host(),
                listen.port(),
                configuration.text(Setting.BASE_URL).orElse(""),
                certificate.flatMap(
                    chain -> key.map(secret -> new EdgeSettings.Tls(chain, secret))),
                new HashSet<>(configuration.list(Setting.TRUSTED_PROXIES))),
            new ServerSettings.Address(admin.host(), admin.port()),
            grpc.map(address -> new ServerSettings.Address(address.host(), address.port())),
            pepper,
            MAX_STALE);
    return settings.withMail(mail(configuration));
  }

  /** Reads how mail is sent; what is needed for it was checked when the settings were read. */
  static Optional<MailSettings> mail(Configuration configuration) {
    return configuration
        .text(Setting.SMTP_URL)
        .flatMap(MailServerUrl::parse)
        .map(url ->
            new MailSettings(
                url.host(),
                url.port(),
                protection(url),
                url.user()
                    .or(() -> configuration.text(Setting.SMTP_USER))
                    .map(user ->
                        new MailSettings.Login(
                            user, configuration.text(Setting.SMTP_PASSWORD).orElseThrow())),
                configuration.text(Setting.MAIL_FROM).flatMap(MailAddress::parse).orElseThrow(),
                MailSettings.WITHIN));
  }

  /** Names are not looked up: what they stand for may be another machine tomorrow. */
  private static MailSettings.Protection protection(MailServerUrl url) {
    if (url.secure()) {
      return MailSettings.Protection.TLS;
    }
    return url.host().equals("localhost") || IpAddress.isLoopback(url.host())
        ? MailSettings.Protection.NONE
        : MailSettings.Protection.STARTTLS;
  }

  private static ServerSettings.Database database(Configuration configuration) {
    return configuration
        .text(Setting.DATABASE)
        .<ServerSettings.Database>map(url ->
            new ServerSettings.Postgresql(
                url,
                configuration.text(Setting.DATABASE_USER),
                configuration.text(Setting.DATABASE_PASSWORD)))
        .orElseGet(() -> new ServerSettings.Sqlite(configuration.path(Setting.DATA).orElseThrow()));
  }

  private static String where(ServerSettings.Database database) {
    return switch (database) {
      case ServerSettings.Sqlite sqlite -> sqlite.folder() + " (SQLite)";
      case ServerSettings.Postgresql ignored -> "PostgreSQL";
    };
  }

  /**
   * Shows the code to somebody at a terminal; where nobody sits, a file of mode 0600 has it. Never
   * a log.
   */
  private static void show(
      SetupCodes.Fresh code, BittingServer server, Path file, Surroundings surroundings) {
    String command = "bitting setup --url " + server.baseUrl();
    if (surroundings.person().isPresent()) {
      surroundings.say(
          "There is no owner yet. This link makes one, once, within 30 minutes, in a browser:");
      surroundings.say("  " + server.baseUrl() + "/setup#" + code.text());
      surroundings.say("Without a browser, the code after # makes the owner's key:");
      surroundings.say("  " + command);
      return;
    }
    OwnerOnly.write(file, code.text() + "\n");
    surroundings.say(
        "There is no owner yet. The code in "
            + file
            + " (mode 600) makes one, once, within 30 minutes: in a browser at");
    surroundings.say("  " + server.baseUrl() + "/setup");
    surroundings.say("or, without a browser, as an owner's key:");
    surroundings.say("  " + command + " --code-file " + file);
  }

  private static void remove(Path code, Surroundings surroundings) {
    try {
      Files.deleteIfExists(code);
    } catch (IOException e) {
      surroundings.say(
          "The used code in " + code + " cannot be removed: " + Problems.reason(e) + ".");
    }
  }

  private static StopException refused(StartRefusedException refused) {
    boolean taken =
        Stream.<Throwable>iterate(refused, Objects::nonNull, Throwable::getCause)
            .limit(20)
            .anyMatch(BindException.class::isInstance);
    return new StopException(
        ExitCode.FAILURE,
        String.valueOf(refused.getMessage()),
        taken
            ? "End what listens there, or name another address with --listen or --admin-listen."
            : "");
  }

  /** Refuses what the listener would only call a failure to listen. */
  private static void checkPem(Path file, Setting setting, String block) {
    try {
      if (!Files.readString(file, StandardCharsets.ISO_8859_1).contains(block + "-----")) {
        throw new StopException(
            ExitCode.FAILURE,
            setting.flag() + " names " + file + ", which has no PEM block " + block,
            setting.flag() + " wants: " + setting.description() + ".");
      }
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE,
          setting.flag() + " names " + file + ", which cannot be read: " + Problems.reason(e),
          "");
    }
  }

  private static Path setupCodeFile(Configuration configuration) {
    return configuration.path(Setting.DATA).orElseThrow().resolve(SETUP_CODE_FILE);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** What is left to do when nothing runs any more. */
  @FunctionalInterface
  private interface Ending {
    void end() throws IOException;
  }

  /** Waits for ever; the end of the process closes what is running. */
  private static void untilTold(AutoCloseable running, Ending ending) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    running.close();
                    ending.end();
                  } catch (Exception e) {
                    System.err.println("bitting: ended with a failure: " + e.getMessage());
                  }
                },
                "bitting-end"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
