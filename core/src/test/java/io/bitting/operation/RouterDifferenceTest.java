package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guarantee of {@link OperationIndex}: for what it finds, every server that is built otherwise
 * calls an operation with the same requirement, or none.
 */
final class RouterDifferenceTest {
  private static final int APIS = 4_000;
  private static final int TARGETS = 12;

  private static final String[] WRITTEN = {
    "a", "b", "k", "A", "ss", "%C3%9F", "i", "a.b", "b.j", "a:v", "a+b", "a%20b", "20", "{p}",
    "{p}", "{p}", "{p}", "{p}:v", "{p}.j", "a{p}", "{p}b", "{p}0b", "{p}3a", "{p}-{q}", "%C4%B0"
  };

  /** Joined in ones and twos, so that a trick stands alone, or before or after something. */
  private static final String[] ASKED = {
    "a",
    "b",
    "k",
    "ss",
    "i",
    "a",
    "b",
    "k",
    "A",
    "B",
    "K",
    "S",
    "I",
    "%E2%84%AA",
    "%C3%9F",
    "%c3%9f",
    "%C5%BF",
    "%C4%B0",
    "%C4%B1",
    "%EF%BD%81",
    "%CC%87",
    "a.b",
    ".j",
    ".J",
    ".",
    "..",
    ":v",
    "%3Av",
    ":V",
    "+b",
    "%20b",
    "%20",
    "%2Bb",
    ";v=1",
    ";",
    "%3B",
    "/",
    "//",
    "%2F",
    "%5C",
    "\\",
    "%2e",
    "%2e%2e",
    "%61",
    "%41",
    "%252F",
    "%00",
    "-",
    "0b",
    "3a",
    "20",
    "%",
    "?x=/b",
    "#b",
    "%C0%AF",
    "%EF%BC%8F",
    "%E2%80%8B",
    "%2A",
    "x"
  };

  /** A request, what was found for it, and what that was looked for among. */
  private record Found(
      List<Operation> operations, String method, String target, Operation operation) {}

  private static final List<Found> FOUND = found();

  private static List<Found> found() {
    SplittableRandom random = new SplittableRandom(11);
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < APIS; i++) {
      List<Operation> operations = operations(random);
      OperationIndex index = OperationIndex.of(operations);
      for (int j = 0; j < TARGETS; j++) {
        String target = target(random);
        String method = random.nextInt(4) == 0 ? "HEAD" : "GET";
        if (index.find(method, target) instanceof Match.Found match) {
          found.add(new Found(operations, method, target, match.operation()));
        }
      }
    }
    return found;
  }

  static List<Router> routers() {
    return Router.all();
  }

  @ParameterizedTest
  @MethodSource("routers")
  void find_whatIsFound_isWhatTheServerCallsOrNothing(Router router) {
    List<String> reached = new ArrayList<>();
    int called = 0;
    for (Found found : FOUND) {
      List<Operation> calls = router.route(found.operations(), found.method(), found.target());
      called += calls.isEmpty() ? 0 : 1;
      calls.stream()
          .filter(call -> !call.requirement().equals(found.operation().requirement()))
          .forEach(call -> reached.add(found + " called " + call));
    }
    assertThat(reached).isEmpty();
    assertThat(FOUND).hasSizeGreaterThan(1_000);
    assertThat(called).isGreaterThan(FOUND.size() / 2);
  }

  /** A server that reads as an exact one does would prove nothing: the control of the above. */
  @Test
  void route_eachServer_callsAnotherOperationThanAnExactOne() {
    SplittableRandom random = new SplittableRandom(12);
    Router exact = Router.all().get(0);
    Set<String> likeExact = new TreeSet<>();
    Router.all().stream().skip(1).forEach(router -> likeExact.add(router.name()));
    for (int i = 0; i < APIS; i++) {
      List<Operation> operations = operations(random);
      for (int j = 0; j < TARGETS; j++) {
        String target = target(random);
        List<Operation> expected = exact.route(operations, "HEAD", target);
        Router.all().stream()
            .filter(router -> likeExact.contains(router.name()))
            .filter(router -> !router.route(operations, "HEAD", target).equals(expected))
            .forEach(router -> likeExact.remove(router.name()));
      }
    }
    assertThat(likeExact).isEmpty();
  }

  private static List<Operation> operations(SplittableRandom random) {
    return IntStream.range(0, 2 + random.nextInt(6)).mapToObj(i -> operation(i, random)).toList();
  }

  private static Operation operation(int number, SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    int length = 1 + random.nextInt(2);
    for (int i = 0; i < length; i++) {
      path.append('/')
          .append(
              WRITTEN[random.nextInt(WRITTEN.length)].replace("p", "p" + i).replace("q", "q" + i));
    }
    path.append(random.nextInt(5) == 0 ? "/" : "");
    String method = random.nextInt(3) == 0 ? "HEAD" : "GET";
    return OperationSamples.of(method + " " + path, "r:s" + number % 4);
  }

  private static String target(SplittableRandom random) {
    StringBuilder target = new StringBuilder();
    int length = 1 + random.nextInt(2);
    for (int i = 0; i < length; i++) {
      target.append('/');
      Stream.generate(() -> ASKED[random.nextInt(ASKED.length)])
          .limit(1 + random.nextInt(2))
          .forEach(target::append);
    }
    return target.append(random.nextInt(6) == 0 ? "/" : "").toString();
  }
}
