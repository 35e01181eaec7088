package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What nobody reaches by calling a path or a method something else: through every gateway, before
 * two APIs whose routers forgive much, a key that may call one operation runs that one alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PathTricksTest {
  private final List<Attack> tricks = TrickedApi.tricks();
  private final RawServer checker = IndexChecker.start();
  private final RawServer fixed = ScriptedChecker.start();

  @AfterAll
  void stop() {
    checker.close();
    fixed.close();
  }

  @Test
  void tricks_throughEveryGatewayToEveryUpstream_runNothingElse() {
    Map<String, String> reached = new TreeMap<>();
    int ran = 0;
    for (Gateway gateway : Gateway.values()) {
      for (Upstream upstream : upstreams()) {
        try (upstream) {
          Map<String, String> all = ran(gateway, checker.port(), upstream, this::indexToken);
          ran += all.size();
          all.forEach(
              (what, request) -> {
                if (!isHarmless(what)) {
                  reached.put(gateway + " " + upstream.getClass().getSimpleName() + " " + what, request);
                }
              });
        }
      }
    }
    System.err.println(
        "path tricks: "
            + tricks.size()
            + " x 3 gateways x 2 upstreams: "
            + reached.size()
            + " reached what the key may not");
    assertThat(reached).isEmpty();
    // Else nothing at all would have got through.
    assertThat(ran).isGreaterThanOrEqualTo(6 * TrickedApi.harmless().size() / 2);
  }

  /** The control: with a check that is always about something harmless, the tricks work. */
  @Test
  void tricks_whenTheCheckIsAboutSomethingElse_reachOtherOperations() {
    for (Gateway gateway : Gateway.values()) {
      for (Upstream upstream : upstreams()) {
        try (upstream) {
          Map<String, String> all = ran(gateway, fixed.port(), upstream, trick -> "allow");
          assertThat(all).as("%s, %s", gateway, upstream).hasSizeGreaterThan(20);
          assertThat(all)
              .containsKeys(
                  ScriptedChecker.KEY + " GET /admin", ScriptedChecker.KEY + " GET /users/me");
          System.err.println(
              "path tricks, checked as something else: "
                  + gateway
                  + " and "
                  + upstream.getClass().getSimpleName()
                  + ": "
                  + all.size()
                  + " of "
                  + TrickedApi.OPERATIONS.size()
                  + " operations reached");
        }
      }
    }
  }

  private static List<Upstream> upstreams() {
    return List.of(
        new Upstream.OnJava(TrickedApi.OPERATIONS), new Upstream.OnNode(TrickedApi.OPERATIONS));
  }

  private String indexToken(Attack trick) {
    return TrickedApi.scope(TrickedApi.harmless(trick)).replace(':', '-');
  }

  private static boolean isHarmless(String what) {
    String[] keyAndOperation = what.split(" ", 2);
    return keyAndOperation[0].equals(TrickedApi.scope(keyAndOperation[1]).replace(':', '-'));
  }

  private Map<String, String> ran(
      Gateway gateway, int checkerPort, Upstream upstream, Function<Attack, String> token) {
    Gateway.Surroundings around =
        new Gateway.Surroundings(checkerPort, upstream.port(), "sample", "bit_gateway");
    try (RunningGateway running = RunningGateway.start(gateway, around)) {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Stream<Attack> all = tricks.stream();
        all.forEach(
            trick ->
                threads.execute(() -> running.send(Tricks.request(trick, token.apply(trick)))));
      }
      return upstream.ran();
    }
  }
}
