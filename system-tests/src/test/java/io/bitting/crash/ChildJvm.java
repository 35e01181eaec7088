package io.bitting.crash;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.client.protocol.SecretText;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * How a child is started: a JVM that is ready soon, because it is started again and again. No time
 * to warm up, and its classes come out of a cache, which a first child fills that serves a few
 * requests and ends in peace. That needs every class to be in a jar.
 */
final class ChildJvm {
  /** Of this process alone, since several may start children at once. */
  private static final Path FOLDER =
      Path.of("target", "crash", "jvm-" + ProcessHandle.current().pid());

  private static final Path CACHE = FOLDER.resolve("classes.aot");

  /** Made at first use. */
  private static final class Prepared {
    static final List<String> COMMAND = prepare();
  }

  private ChildJvm() {}

  /** Returns the command but for the arguments of {@link ServerUnderTest}. */
  static List<String> command() {
    return Prepared.COMMAND;
  }

  private static List<String> prepare() {
    try {
      Files.createDirectories(FOLDER);
      Files.deleteIfExists(CACHE);
      String classes = classPath();
      train(command("-XX:AOTCacheOutput=" + CACHE, classes));
      return Files.exists(CACHE)
          ? command("-XX:AOTCache=" + CACHE, classes)
          : command("-Xshare:auto", classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String cache, String classPath) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xmx256m",
        "-Xlog:disable",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        cache,
        "-cp",
        classPath,
        ServerUnderTest.class.getName());
  }

  /** Returns the class path of these tests with its folders packed into jars. */
  private static String classPath() {
    List<String> jars = new ArrayList<>();
    for (String entry :
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      if (Files.isDirectory(Path.of(entry))) {
        Path jar = FOLDER.resolve("classes" + jars.size() + ".jar");
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", entry, ".");
        jars.add(jar.toString());
      } else {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void train(List<String> command) {
    try (Site site = Site.Sqlite.fresh();
        ChildServer server = ChildServer.start(command, site.arguments(), FOLDER)) {
      SecretText owner = FirstSteps.take(server).owner();
      BittingClient client = BittingClient.builder(server.base()).token(owner::reveal).build();
      CreatedKey key = client.createKey(Writer.ORGANIZATION, Writer.form("trained")).orThrow();
      client.editKey(Writer.ORGANIZATION, key.key().id(), new KeyEdit(null, "to learn")).orThrow();
      client.disableKey(Writer.ORGANIZATION, key.key().id()).orThrow();
      client.enableKey(Writer.ORGANIZATION, key.key().id()).orThrow();
      client
          .verify(
              List.of(
                  new Check(
                      key.token(), Writer.API, List.of(Editions.SCOPE), null, null, null, null)))
          .orThrow();
      client.revokeKey(Writer.ORGANIZATION, key.key().id()).orThrow();
      server.end();
    }
  }
}
