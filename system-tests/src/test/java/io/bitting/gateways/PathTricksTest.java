package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import io.bitting.server.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private final GatewayServer server = GatewayServer.tricked();
  private final RawServer fixed = ScriptedChecker.start();

  /** A key for each operation that is harmless in its turn. */
  private final Map<String, Tenant.Made> keys =
      TrickedApi.harmless().stream()
          .collect(
              Collectors.toMap(
                  operation -> operation,
                  operation -> server.key(List.of(TrickedApi.scope(operation)))));

  @AfterAll
  void stop() {
    fixed.close();
  }

  @Test
  void tricks_throughEveryGatewayToEveryUpstream_runNothingElse() {
    Set<String> harmless =
        keys.entrySet().stream()
            .map(key -> key.getValue().id() + " " + key.getKey())
            .collect(Collectors.toSet());
    Map<String, String> reached = new TreeMap<>();
    for (Gateway gateway : Gateway.values()) {
      for (Upstream upstream : upstreams()) {
        try (upstream) {
          Map<String, String> ran =
              ran(
                  upstream,
                  RunningGateway.start(gateway, server.around(upstream.port())),
                  trick -> keys.get(TrickedApi.harmless(trick)).token());
          // Else nothing at all would have got through.
          assertThat(ran.keySet()).as("%s, %s", gateway, upstream).containsAll(harmless);
          ran.forEach((what, request) -> {
            if (!harmless.contains(what)) {
              reached.put(gateway + " " + upstream + " " + what, request);
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
  }

  /** The control: with a check that is always about something harmless, the tricks work. */
  @Test
  void tricks_whenTheCheckIsAboutSomethingElse_reachOtherOperations() {
    for (Gateway gateway : Gateway.values()) {
      for (Upstream upstream : upstreams()) {
        try (upstream) {
          Gateway.Surroundings around =
              new Gateway.Surroundings(fixed.port(), upstream.port(), "tricked", "none");
          Map<String, String> ran =
              ran(upstream, RunningGateway.start(gateway, around), trick -> "allow");
          assertThat(ran)
              .as("%s, %s", gateway, upstream)
              .hasSizeGreaterThan(20)
              .containsKeys(
                  ScriptedChecker.KEY + " GET /admin",
                  ScriptedChecker.KEY + " GET /users/me",
                  ScriptedChecker.KEY + " GET /files/search");
          System.err.println(
              "path tricks, checked as something else: "
                  + gateway
                  + ", "
                  + upstream
                  + ": "
                  + ran.size()
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

  private Map<String, String> ran(
      Upstream upstream, RunningGateway gateway, Function<Attack, String> token) {
    try (gateway;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      tricks.forEach(
          trick -> threads.execute(() -> gateway.send(Tricks.request(trick, token.apply(trick)))));
    }
    return upstream.ran();
  }
}
