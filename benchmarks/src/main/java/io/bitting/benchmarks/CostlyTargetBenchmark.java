package io.bitting.benchmarks;

import io.bitting.operation.Operation;
import io.bitting.operation.OperationIndex;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a client can make the search for an operation cost: the longest targets, among operations of
 * which none is found by them, and among some whose templates have to be looked for in them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC"})
public class CostlyTargetBenchmark {

  /**
   * Runs and prints; nothing is held to a limit.
   *
   * @param args none
   */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include("\\b" + CostlyTargetBenchmark.class.getSimpleName() + "\\b")
                .shouldFailOnError(true)
                .build())
        .run();
  }

  /** The index and the target. */
  @State(Scope.Benchmark)
  public static class Attack {
    /** What the target is made of. */
    @Param({"plain", "encoded letters", "encoded ligatures"})
    public String target = "";

    /** How many characters there are between two parameters of a template. */
    @Param({"1", "72"})
    public int between;

    OperationIndex index = OperationIndex.of(List.of());
    String sent = "";

    /** Builds both. */
    @Setup
    public void build() {
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        operations.add(
            new Operation(
                "GET",
                PathTemplate.of("/{a}" + "a".repeat(between - 1) + i + "{b}"),
                Requirement.allOf("files:read"),
                "",
                "",
                ""));
      }
      index = OperationIndex.of(operations);
      String piece =
          switch (target) {
            case "plain" -> "a";
            case "encoded letters" -> "%C3%A9";
            default -> "%EF%AC%83";
          };
      sent = "/" + piece.repeat((OperationIndex.TARGET_LENGTH_MAX - 1) / piece.length());
    }
  }

  /**
   * Searches.
   *
   * @param attack what for, and among what
   * @return what came of it
   */
  @Benchmark
  public Object find(Attack attack) {
    return attack.index.find("GET", attack.sent);
  }
}
