package io.bitting.crash;

import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.TestServer;
import io.bitting.server.http.EdgeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The process that is killed: a server as {@code serve} starts it. Prints {@code code} and a setup
 * code if it has no owner yet, then {@code ready} and its port. Ends with its parent, whose end it
 * notices by the end of its input.
 */
final class ServerUnderTest {
  private ServerUnderTest() {}

  public static void main(String[] args) throws IOException {
    ServerSettings settings =
        switch (args[0]) {
          case "sqlite" -> TestServer.settings(new ServerSettings.Sqlite(Path.of(args[1])));
          case "postgresql" -> onPostgresql(args[1], Path.of(args[2]));
          default -> throw new IllegalArgumentException("no such database: " + args[0]);
        };
    boolean hasty = args[args.length - 1].equals("hasty");
    BittingServer server = BittingServer.start(settings);
    server.setupCodeIfNone().ifPresent(code -> System.out.println("code " + code.text()));
    int port = hasty ? HastyFront.before(server.port()) : server.port();
    System.out.println("ready " + port);
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    System.exit(0);
  }

  private static ServerSettings onPostgresql(String url, Path pepper) {
    return new ServerSettings(
        new ServerSettings.Postgresql(url, Optional.empty(), Optional.empty()),
        new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
        new ServerSettings.Address("127.0.0.1", 0),
        Optional.empty(),
        Optional.of(pepper),
        Duration.ofSeconds(60));
  }
}
