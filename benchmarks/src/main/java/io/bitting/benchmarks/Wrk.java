package io.bitting.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads a path of a server on this machine with wrk, one thread, bounded in time. */
final class Wrk {
  private static final int CONNECTIONS = 32;

  /** Microseconds, requests, failures, the latency of 99 in 100, microseconds of processor time. */
  private static final Pattern RESULT =
      Pattern.compile("^result (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)$", Pattern.MULTILINE);

  private final List<String> launcher;
  private final String script;
  private final int port;
  private final List<String> arguments;
  private int runs;

  /**
   * What came of a run.
   *
   * @param requests how many were answered
   * @param perSecond how many a second
   * @param p99Millis 99 of 100 were answered within this time
   * @param busy the share of the time that wrk itself was computing, 1 at most
   */
  record Load(long requests, double perSecond, double p99Millis, double busy) {}

  /**
   * Prepares runs against a port of the loopback address.
   *
   * @param launcher what the command begins with, to bind wrk to a processor; may be empty
   * @param script the script that makes the requests
   * @param port the port
   * @param arguments what the script is told, after a number to draw by
   */
  Wrk(List<String> launcher, String script, int port, List<String> arguments) {
    this.launcher = List.copyOf(launcher);
    this.script = script;
    this.port = port;
    this.arguments = List.copyOf(arguments);
  }

  /** Loads a path for some seconds; throws if one request was not answered with success. */
  Load run(String path, int seconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            "wrk",
            "--threads=1",
            "--connections=" + CONNECTIONS,
            "--duration=" + seconds + "s",
            "--script=benchmarks/" + script,
            "http://127.0.0.1:" + port + path,
            "--",
            String.valueOf(++runs)));
    command.addAll(arguments);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher result = RESULT.matcher(said);
    if (wrk.waitFor() != 0 || !result.find() || !result.group(3).equals("0")) {
      throw new IllegalStateException("wrk failed, or was refused: " + said);
    }
    double micros = Double.parseDouble(result.group(1));
    long requests = Long.parseLong(result.group(2));
    return new Load(
        requests,
        requests * 1e6 / micros,
        Long.parseLong(result.group(4)) / 1e3,
        Long.parseLong(result.group(5)) / micros);
  }
}
