package io.bitting.benchmarks;

import io.bitting.operation.Match;
import io.bitting.operation.Operation;
import io.bitting.operation.OperationIndex;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Finding the operation that a request calls, among few operations and among many.
 *
 * <p>The operations are those of an API of services and resources: listing, searching, creating,
 * showing, updating, deleting, verbs, and the same of what is nested. Each visit takes another
 * target, of an operation that was chosen at random, with ids of its own; the targets lie in memory
 * in the order of their use, near at hand as if they had just come off a socket.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC"})
public class MatchBenchmark {
  /** More than there are operations, and few enough to lie near at hand. */
  private static final int TARGETS = 1 << 14;

  /** What each resource has, twenty operations; those that are nested come last. */
  private static final List<String> SHAPES =
      List.of(
          "GET ",
          "POST ",
          "GET /search",
          "POST /batch",
          "GET /{id}",
          "PUT /{id}",
          "PATCH /{id}",
          "DELETE /{id}",
          "POST /{id}:archive",
          "POST /{id}:restore",
          "GET /{id}/history",
          "GET /{id}/export.{format}",
          "GET /{id}/members",
          "POST /{id}/members",
          "GET /{id}/members/me",
          "GET /{id}/members/{member}",
          "PUT /{id}/members/{member}",
          "DELETE /{id}/members/{member}",
          "POST /{id}/members/{member}:invite",
          "GET /{id}/members/{member}/roles/{role}");

  /** The index and the requests. */
  @State(Scope.Benchmark)
  public static class Api {
    /** How many operations there are: a twentieth of it resources. */
    @Param({"100", "10000"})
    public int operations;

    final String[] methods = new String[TARGETS];
    final String[] targets = new String[TARGETS];
    OperationIndex index = OperationIndex.of(List.of());

    /** Builds the index, and checks that every target is found. */
    @Setup
    public void build() {
      List<Operation> all = new ArrayList<>();
      for (int i = 0; i < operations; i++) {
        all.add(operation(i));
      }
      index = OperationIndex.of(all);
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < TARGETS; i++) {
        Operation operation = all.get(random.nextInt(all.size()));
        methods[i] = operation.method();
        targets[i] = target(operation, random);
        if (!index.find(methods[i], targets[i]).equals(new Match.Found(operation))) {
          throw new IllegalStateException(operation + " is not found by " + targets[i]);
        }
      }
    }

    private static Operation operation(int number) {
      int resource = number / SHAPES.size();
      String[] shape = SHAPES.get(number % SHAPES.size()).split(" ", -1);
      return new Operation(
          shape[0],
          PathTemplate.of(
              "/v1/service-" + resource % 25 + "/resources-" + resource / 25 + shape[1]),
          Requirement.allOf("resources-" + resource + ":" + shape[0].toLowerCase(Locale.ROOT)),
          "",
          "",
          "");
    }

    /** Fills in each parameter: a number, an id of letters, a UUID, and at times a query. */
    private static String target(Operation operation, SplittableRandom random) {
      StringBuilder target = new StringBuilder();
      for (String part : operation.path().text().split("\\{[a-z]+}", -1)) {
        target.append(target.isEmpty() ? "" : id(random)).append(part);
      }
      if (random.nextInt(4) == 0) {
        target.append("?page=").append(random.nextInt(100)).append("&sort=name");
      }
      // Latin-1 and compact, as a server makes it.
      return new String(
          target.toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    }

    private static String id(SplittableRandom random) {
      return switch (random.nextInt(3)) {
        case 0 -> Integer.toString(random.nextInt(1_000_000));
        case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
        default -> "K" + Long.toString(random.nextLong() >>> 1, 36).toUpperCase(Locale.ROOT);
      };
    }
  }

  /** Where a thread is in the order. */
  @State(Scope.Thread)
  public static class Cursor {
    private int last;

    int next() {
      last = (last + 1) & (TARGETS - 1);
      return last;
    }
  }

  /** The whole of it: reads the target, finds the operation. */
  @Benchmark
  public Match find(Api api, Cursor cursor) {
    int i = cursor.next();
    return api.index.find(api.methods[i], api.targets[i]);
  }
}
