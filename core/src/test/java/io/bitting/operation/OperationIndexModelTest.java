package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The index finds what trying every operation finds. */
final class OperationIndexModelTest {
  private static final String[] WRITTEN = {
    "a", "b", "A", "ab", "a.b", "a:b", "a.a", "{}", "{}", "{}", "{}:b", "{}.b", "a{}", "{}a", "B{}",
    "{}-{}", "{}b{}b", "a{}:{}"
  };
  private static final String[] ASKED = {
    "a", "a", "b", "b", "A", "B", "ab", "aB", "a.b", "a.a", "b.b", "b.a.b", "a:b", "a%3Ab", "x",
    "ab-b", "bbbb", "a:b.a", ":b", "-"
  };

  @Provide
  Arbitrary<Operation> operations() {
    return Combinators.combine(
            Arbitraries.of("GET", "GET", "GET", "HEAD", "POST"),
            Arbitraries.of(WRITTEN).list().ofMinSize(0).ofMaxSize(3),
            Arbitraries.of(false, false, true),
            Arbitraries.of("r:a", "r:b", "r:c"))
        .as(OperationIndexModelTest::operation);
  }

  @Provide
  Arbitrary<String> targets() {
    return Combinators.combine(
            Arbitraries.of(ASKED).list().ofMaxSize(3), Arbitraries.of("", "", "/", "?a=/b"))
        .as((segments, end) -> target(segments, end));
  }

  private static String target(List<String> segments, String end) {
    String path = String.join("", segments.stream().map(segment -> "/" + segment).toList());
    return (path.isEmpty() ? "/" : path) + (path.isEmpty() && end.equals("/") ? "" : end);
  }

  private static Operation operation(
      String method, List<String> segments, boolean slashed, String scope) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/');
      for (int i = 0; i < segment.length(); i++) {
        path.append(segment.charAt(i));
        if (segment.charAt(i) == '{') {
          path.append('p').append(path.length());
        }
      }
    }
    return OperationSamples.of(
        method + " " + path + (slashed || segments.isEmpty() ? "/" : ""), scope);
  }

  @Property(tries = 3_000)
  void find_anyTargetAmongAnyOperations_isWhatTheModelFinds(
      @ForAll("apis") List<Operation> operations, @ForAll("manyTargets") List<String> targets) {
    OperationIndex index = OperationIndex.of(operations);
    NaiveIndex model = new NaiveIndex(operations);
    for (String target : targets) {
      for (String method : List.of("GET", "HEAD", "PUT")) {
        assertSame(
            model.find(method, target.replaceFirst("[?].*", "")),
            index.find(method, target),
            target);
      }
    }
  }

  /** What is too rare for chance: two that require the same, and a rival of only one of them. */
  @Test
  void find_anyThreeOfTwoSegments_isWhatTheModelFinds() {
    List<Operation> all = new ArrayList<>();
    List<String> written = List.of("a", "A", "{}", "a{}");
    for (String first : written) {
      for (String second : written) {
        all.add(operation("GET", List.of(first, second), false, "r:a"));
        all.add(operation("GET", List.of(first, second), false, "r:b"));
      }
    }
    List<String> asked = List.of("a", "A", "ab");
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < j; k++) {
          List<Operation> operations = List.of(all.get(i), all.get(j), all.get(k));
          OperationIndex index = OperationIndex.of(operations);
          NaiveIndex model = new NaiveIndex(operations);
          for (String first : asked) {
            for (String second : asked) {
              String target = target(List.of(first, second), "");
              assertSame(model.find("GET", target), index.find("GET", target), target);
            }
          }
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Operation>> apis() {
    return operations().list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> manyTargets() {
    return targets().list().ofMinSize(5).ofMaxSize(15);
  }

  /** Of several that require the same it does not matter which is found. */
  private static void assertSame(Match expected, Match actual, String target) {
    if (expected instanceof Match.Found one && actual instanceof Match.Found other) {
      assertThat(other.operation().requirement())
          .as(target)
          .isEqualTo(one.operation().requirement());
    } else {
      assertThat(actual).as(target).isEqualTo(expected);
    }
  }

  /** The property above would hold of an index that finds nothing, were its targets all unknown. */
  @Test
  void find_randomTargets_meetEveryKindOfMatch() {
    SplittableRandom random = new SplittableRandom(5);
    Map<Kind, Integer> met = new EnumMap<>(Kind.class);
    for (int i = 0; i < 2_000; i++) {
      List<Operation> operations = new ArrayList<>();
      for (int j = 0; j < 6; j++) {
        operations.add(
            operation("GET", some(WRITTEN, random), random.nextInt(4) == 0, "r:s" + j % 3));
      }
      Match match = OperationIndex.of(operations).find("GET", target(some(ASKED, random), ""));
      met.merge(Kind.of(match), 1, Integer::sum);
    }
    assertThat(met)
        .hasSize(Kind.values().length)
        .allSatisfy((kind, times) -> assertThat(times).isGreaterThan(50));
  }

  private enum Kind {
    FOUND,
    UNKNOWN,
    AMBIGUOUS;

    static Kind of(Match match) {
      if (match instanceof Match.Found) {
        return FOUND;
      }
      return match instanceof Match.Unknown ? UNKNOWN : AMBIGUOUS;
    }
  }

  private static List<String> some(String[] of, SplittableRandom random) {
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      some.add(of[random.nextInt(of.length)]);
    }
    return some;
  }
}
