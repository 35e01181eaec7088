package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which operation is found for a request, and when none is. */
final class OperationIndexTest {

  /** Each requires a scope of its own, but for the two last. */
  private static final OperationIndex SAMPLE =
      OperationIndex.of(
          Stream.concat(
                  OperationSamples.apart(
                      "GET /",
                      "GET /users",
                      "POST /users",
                      "GET /users/{id}",
                      "DELETE /users/{id}",
                      "GET /users/me",
                      "GET /users/me/keys",
                      "GET /users/{id}/keys",
                      "GET /admin",
                      "GET /{tenant}",
                      "GET /files/{name}",
                      "GET /files/{name}.json",
                      "GET /files/search",
                      "POST /files/{name}",
                      "POST /files/{name}:publish",
                      "GET /langs/c++",
                      "GET /langs/{lang}",
                      "GET /groups/",
                      "GET /groups/{id}",
                      "GET /rooms/{id}/",
                      "GET /rooms/lobby",
                      "GET /menu/straße",
                      "GET /menu/kelvin",
                      "GET /menu/import",
                      "GET /menu/ffish",
                      "GET /menu/σος",
                      "GET /menu/{dish}",
                      "HEAD /reports/{id}",
                      "GET /reports/all",
                      "GET /a/{x}/c",
                      "GET /a/b/d",
                      "GET /p/a/{y}",
                      "GET /p/{x}/b")
                      .stream(),
                  Stream.of(
                      OperationSamples.of("GET /q/a/{y}", "q:read"),
                      OperationSamples.of("GET /q/{x}/b", "q:read")))
              .toList());

  static List<Attack> attacks() {
    return Attack.in("paths.json");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void find_targetFromTheFile_isAsExpected(Attack attack) {
    Match match = SAMPLE.find(attack.text("method").orElse("GET"), attack.input());
    assertThat(OperationSamples.words(match)).isEqualTo(attack.text("expected").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "/{a}/b, /a/{b}, /a/b",
    "/{a}, /{b}, /x",
    "/x, /x/, /x",
    "/x, /x/, /x/",
    "/x, /X, /x",
    "/straße, /strasse, /strasse",
    "/{x}.json, /file-{x}, /file-1.json",
    "/{x}:a, /{x}:b:a, /1:b:a",
    "/{x}/, /me, /me/",
    "/{x}, /me/, /me",
    "/v{x}, /V{x}, /v1",
    "/{x}-{y}, /{x}_{y}, /a-b_c",
    "/{x}0b, /{x}, /a%20b",
    "/{x}ab, /{x}, /b%2Ab",
    "/{x}ab.{y}, /{x}, /b%2Ab.c",
    "/{a}-{b}, /{x}, /-b",
    "/Users/me, /users/{id}, /Users/me",
    "/a+b, /a%20b, /a%20b",
  })
  void find_twoThatAServerCouldTake_isAmbiguousUnlessTheyRequireTheSame(
      String one, String other, String target) {
    String first = "GET " + one;
    String second = "GET " + other;
    assertThat(OperationSamples.index(first, second).find("GET", target))
        .isEqualTo(new Match.Ambiguous(Ambiguity.RIVAL));
    assertThat(
            Stream.of(
                    OperationIndex.of(
                        List.of(
                            OperationSamples.of(first, "a:b"), OperationSamples.of(second, "a:b"))),
                    OperationIndex.of(
                        List.of(
                            OperationSamples.of(second, "a:b"), OperationSamples.of(first, "a:b"))))
                .map(index -> index.find("GET", target)))
        .hasOnlyElementsOfType(Match.Found.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/swagger.json, /swagger, /swagger.json, /swagger.json",
    "/reports/{id}.pdf, /reports/{id}, /reports/5.pdf, /reports/{id}.pdf",
    "/a/{x}/c, /a/b/{y}/d, /a/b/c, /a/{x}/c",
    "/{a}/{b}/{c}, /a/b, /a/b/c, /{a}/{b}/{c}",
    "/{a}-{b}, /{x}, /a-b-c, /{a}-{b}",
    "/a{x}a, /{y}, /aba, /a{x}a",
  })
  void find_theMoreConcreteOfTwo_wins(String one, String other, String target, String found) {
    Match match = OperationSamples.index("GET " + one, "GET " + other).find("GET", target);
    assertThat(OperationSamples.words(match)).isEqualTo("found GET " + found);
  }

  @Test
  void find_rivalOfOneOfTwoThatRequireTheSame_isNoneWhereTheOtherPrevails() {
    Operation early = OperationSamples.of("GET /a/{x}", "same:read");
    Operation late = OperationSamples.of("GET /{x}/b", "same:read");
    Operation rival = OperationSamples.of("GET /{x}/{y}b", "other:read");
    Operation rivalOfBoth = OperationSamples.of("GET /A/b", "other:read");
    assertThat(OperationIndex.of(List.of(early, late, rival)).find("GET", "/a/b"))
        .isEqualTo(new Match.Found(late));
    assertThat(OperationIndex.of(List.of(early, late, rival, rivalOfBoth)).find("GET", "/a/b"))
        .isEqualTo(new Match.Ambiguous(Ambiguity.RIVAL));
  }

  @Test
  void find_markThatJoinsAFixedPart_isStillAMatch() {
    assertThat(
            OperationSamples.words(
                OperationSamples.index("GET /caf{x}", "GET /{x}:go", "GET /{x}")
                    .find("GET", "/%CC%81a:go")))
        .isEqualTo("found GET /{x}:go");
  }

  @Test
  void find_headWhereGetIsTheSamePath_isHead() {
    OperationIndex index = OperationSamples.index("HEAD /a/{x}", "GET /a/{x}", "GET /a/{y}/b");
    assertThat(OperationSamples.words(index.find("HEAD", "/a/1"))).isEqualTo("found HEAD /a/{x}");
    assertThat(OperationSamples.words(index.find("GET", "/a/1"))).isEqualTo("found GET /a/{x}");
    assertThat(OperationSamples.words(index.find("HEAD", "/a/1/b"))).isEqualTo("unknown");
  }

  @Test
  void find_noOperations_isUnknown() {
    OperationIndex index = OperationIndex.of(List.of());
    assertThat(index.find("GET", "/")).isEqualTo(new Match.Unknown());
    assertThat(index.find("GET", "/a")).isEqualTo(new Match.Unknown());
  }

  /** Each segment doubles the templates that match, so that following all of them has no end. */
  @Test
  void find_templatesThatOverlapWithoutEnd_isAmbiguous() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 1 << 12; i++) {
      StringBuilder path = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        path.append(((i >> bit) & 1) == 0 ? "/a" : "/{p" + bit + "}");
      }
      operations.add(OperationSamples.of("GET " + path, "s" + i));
    }
    OperationIndex index = OperationIndex.of(operations);
    assertThat(index.find("GET", "/a".repeat(12)))
        .isEqualTo(new Match.Ambiguous(Ambiguity.TOO_MANY_READINGS));
    assertThat(OperationSamples.words(index.find("GET", "/b".repeat(11) + "/a")))
        .startsWith("found GET /{p0}");
  }

  @Test
  void find_amongThousandsAtOnePlace_isFound() {
    List<Operation> operations = new ArrayList<>();
    IntStream.range(0, 3_000)
        .forEach(i -> {
          operations.add(OperationSamples.of("GET /r/" + word(i), "literal"));
          operations.add(OperationSamples.of("GET /r/{x}:" + word(i), "verb"));
          operations.add(OperationSamples.of("GET /r/" + word(i) + "-{x}", "head"));
        });
    operations.add(OperationSamples.of("GET /r/{x}", "any"));
    OperationIndex index = OperationIndex.of(operations);
    AtomicInteger found = new AtomicInteger();
    for (int i = 0; i < 3_000; i++) {
      for (String target : List.of(word(i), "A:" + word(i), word(i) + "-A")) {
        String words = OperationSamples.words(index.find("GET", "/r/" + target));
        assertThat(words).isEqualTo("found GET /r/" + target.replace("A", "{x}"));
        found.incrementAndGet();
      }
    }
    assertThat(found).hasValue(9_000);
    assertThat(OperationSamples.words(index.find("GET", "/r/else"))).isEqualTo("found GET /r/{x}");
  }

  private static String word(int number) {
    return "w" + "x".repeat(number % 7) + number;
  }
}
