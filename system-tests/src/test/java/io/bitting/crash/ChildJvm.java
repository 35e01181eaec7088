package io.bitting.crash;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.client.protocol.SecretText;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * How a child is started: a JVM that is ready soon, because it is started again and again. No time
 * to warm up, and its classes come out of a cache, which a first child fills that serves a few
 * requests and ends in peace. That needs every class to be in a jar.
 */
final class ChildJvm {
  private static final Path CRASH = Path.of("target", "crash");

  /** Made at first use. */
  private static final class Prepared {
    static final List<String> COMMAND = prepare();
  }

  private ChildJvm() {}

  /** Returns the command but for the arguments of {@link ServerUnderTest}. */
  static List<String> command() {
    return Prepared.COMMAND;
  }

  /** Processes that run these tests beside each other make one cache, and the others wait. */
  private static List<String> prepare() {
    try {
      List<Path> entries = entries();
      Path folder = Files.createDirectories(CRASH.resolve("jvm-" + fingerprint(entries)));
      Path cache = folder.resolve("classes.aot");
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        String classes = classPath(entries, folder);
        if (!Files.exists(cache)) {
          train(command("-XX:AOTCacheOutput=" + cache, classes), folder);
        }
        return lock.isValid() && Files.exists(cache)
            ? command("-XX:AOTCache=" + cache, classes)
            : command("-Xshare:auto", classes);
      }
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

  private static List<Path> entries() {
    return Stream.of(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /** Tells classes of one build from those of another. */
  private static String fingerprint(List<Path> entries) throws IOException {
    CRC32 crc = new CRC32();
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.sorted().toList()) {
          crc.update(
              (file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file))
                  .getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return Long.toHexString(crc.getValue());
  }

  /** Returns the class path of these tests with its folders packed into jars, once. */
  private static String classPath(List<Path> entries, Path folder) {
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        Path jar = folder.resolve("classes" + jars.size() + ".jar");
        if (!Files.exists(jar)) {
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out,
                  System.err,
                  "--create",
                  "--file",
                  jar.toString(),
                  "-C",
                  entry.toString(),
                  ".");
        }
        jars.add(jar.toString());
      } else {
        jars.add(entry.toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void train(List<String> command, Path folder) {
    try (Site site = Site.Sqlite.fresh();
        ChildServer server = ChildServer.start(command, site.arguments(), folder)) {
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
