package io.bitting.gateways;

import io.bitting.server.RawHttp;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway in a process of its own, on a free port. */
final class RunningGateway implements AutoCloseable {
  private static final int STARTS_MAX = 3;
  private static final int READY_TRIES_MAX = 1_500;
  private static final int BETWEEN_TRIES_MILLIS = 10;

  private final Gateway gateway;
  private final Path folder;
  private final Process process;
  private final int port;

  private RunningGateway(Gateway gateway, Path folder, Process process, int port) {
    this.gateway = gateway;
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /** Starts one and waits until it takes connections. */
  static RunningGateway start(Gateway gateway, Gateway.Surroundings around) {
    String said = "";
    for (int i = 0; i < STARTS_MAX; i++) {
      // Whoever was quicker may have taken the port that was free.
      RunningGateway started = launch(gateway, around);
      if (started.isReady()) {
        return started;
      }
      said = started.logs();
      started.close();
    }
    throw new IllegalStateException(gateway + " did not start:\n" + said);
  }

  private static RunningGateway launch(Gateway gateway, Gateway.Surroundings around) {
    try {
      Path folder = Files.createTempDirectory("bitting-gateway");
      int port = TestServer.freePort();
      ProcessBuilder builder = gateway.prepare(folder, port, around);
      Process process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.log").toFile())
              .start();
      return new RunningGateway(gateway, folder, process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() {
    try {
      for (int i = 0; i < READY_TRIES_MAX; i++) {
        if (takesConnections()) {
          return process.isAlive();
        }
        if (process.waitFor(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return port;
  }

  /** Sends a request of which each character is a byte, and waits for the answer's end. */
  Reply send(String request) {
    return Reply.of(RawHttp.send("127.0.0.1", port, request.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Returns everything that it logged. */
  String logs() {
    try {
      StringBuilder logs = new StringBuilder();
      for (String file : List.of("output.log", "access.log")) {
        if (Files.exists(folder.resolve(file))) {
          logs.append(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1));
        }
      }
      return logs.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        workers.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
