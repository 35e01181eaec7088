package io.bitting.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, whose heap can be looked at: nobody else's copies of tokens are
 * in it. Says its port and the name of the file with its setup code, then does what it is told, a
 * line each.
 */
final class HeapVictim {
  /** For the control: what somebody keeps. */
  static @Nullable String kept;

  private HeapVictim() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    BittingServer server =
        BittingServer.start(TestServer.settings(new ServerSettings.Sqlite(folder)));
    // Not over this pipe, whose buffers would keep it.
    writeCode(server, folder.resolve("setup-code"));
    System.out.println("ready " + server.port());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "keep" -> kept = java.nio.file.Files.readString(Path.of(words[1]));
        case "dump" ->
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(words[1], true);
        default -> throw new IllegalArgumentException(line);
      }
      System.out.println("done");
    }
    server.close();
  }

  private static void writeCode(BittingServer server, Path file) throws IOException {
    java.nio.file.Files.writeString(file, server.setupCodeIfNone().orElseThrow().text());
  }
}
