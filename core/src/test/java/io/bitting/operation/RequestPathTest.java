package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.bitting.fixtures.Attack;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How an untrusted target is read: what two servers could read differently is not read at all. */
final class RequestPathTest {
  /** What depends on the operations, and not on the path alone. */
  private static final Set<Ambiguity> OF_OPERATIONS =
      EnumSet.of(Ambiguity.RIVAL, Ambiguity.TOO_MANY_READINGS);

  static List<Attack> attacks() {
    return Attack.in("paths.json");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void read_targetFromTheFile_isClearOrNot(Attack attack) {
    Optional<Ambiguity> expected =
        attack
            .text("expected")
            .filter(words -> words.startsWith("ambiguous "))
            .map(words -> Ambiguity.valueOf(words.substring("ambiguous ".length())))
            .filter(reason -> !OF_OPERATIONS.contains(reason));

    RequestPath path = RequestPath.read(attack.input());

    if (expected.isPresent()) {
      assertThat(path).isEqualTo(new RequestPath.Unclear(expected.get()));
    } else {
      assertThat(path).isInstanceOf(RequestPath.Clear.class);
    }
  }

  @Test
  void attacks_theFile_isNotEmptied() {
    assertThat(attacks())
        .filteredOn(attack -> attack.text("expected").orElseThrow().startsWith("ambiguous "))
        .hasSizeGreaterThanOrEqualTo(170);
  }

  @ParameterizedTest
  @EnumSource(Ambiguity.class)
  void attacks_eachReason_hasATrickAndASentence(Ambiguity reason) {
    assertThat(attacks())
        .anyMatch(attack -> attack.text("expected").orElseThrow().equals("ambiguous " + reason));
    assertThat(reason.sentence()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
  }

  @Test
  void read_target_isTakenApart() {
    assertThat(RequestPath.read("/Users/%C3%89t%c3%a9%40x/?a=b"))
        .isEqualTo(
            new RequestPath.Clear(
                List.of(
                    new Piece(Reading.of("Users"), Reading.of("users"), "Users"),
                    new Piece(Reading.of("Été\udc40x"), Reading.of("ete@x"), "%C3%89t%c3%a9%40x")),
                true));
    assertThat(RequestPath.read("/")).isEqualTo(new RequestPath.Clear(List.of(), true));
  }

  /** Of the 256 escapes in ASCII and above, only those that have one reading are read. */
  @Test
  void read_eachEscapeAlone_isReadOnlyIfItMustBeEncoded() {
    Set<Character> read = new TreeSet<>();
    for (int octet = 0; octet < 256; octet++) {
      if (RequestPath.read(String.format(Locale.ROOT, "/a%%%02Xb", octet))
          instanceof RequestPath.Clear) {
        read.add((char) octet);
      }
    }
    assertThat(read)
        .containsExactlyInAnyOrder(
            ' ', '!', '"', '$', '&', '\'', '(', ')', '*', '+', ',', ':', '<', '=', '>', '@', '[',
            ']', '^', '`', '{', '|', '}');
  }

  /** Every code point, bare and encoded: nothing is thrown, and bare ones are ASCII. */
  @Test
  void read_eachCodePoint_isReadOrRefusedWithoutAFault() {
    Set<Ambiguity> refusals = EnumSet.of(Ambiguity.ENCODED_CONTROL, Ambiguity.COMPATIBLE_STRUCTURE);
    Set<String> unexpected = new TreeSet<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String text = Character.toString(point);
      RequestPath bare = RequestPath.read("/a" + text + "b");
      if (point >= 0x7f && !(bare instanceof RequestPath.Unclear)) {
        unexpected.add(text);
      }
      if (point >= 0x80 && !(point >= 0xd800 && point <= 0xdfff)) {
        RequestPath encoded = RequestPath.read("/a" + PathTemplate.escaped(text) + "b");
        if (encoded instanceof RequestPath.Clear clear) {
          if (!clear.pieces().get(0).text().is("a" + text + "b")) {
            unexpected.add(text);
          }
        } else if (!refusals.contains(((RequestPath.Unclear) encoded).reason())) {
          unexpected.add(text);
        }
      }
    }
    assertThat(unexpected).isEmpty();
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "/", "/", "/", "a", "B", ".", "..", ";", "%", "%2", "%2F", "%2e", "%25", "%C3", "%A9",
            "%C3%A9", "%40", "%00", "?", "#", "\\", " ", "é", "\ud800", "\udc40", "\u0000", "x=y")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 5_000)
  void read_anyText_throwsNothing(@ForAll String text) {
    assertThatCode(() -> RequestPath.read(text)).doesNotThrowAnyException();
    assertThatCode(() -> RequestPath.read("/" + text)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<String> nearlyPlain() {
    return Arbitraries.of(
            "/",
            "/",
            "/a",
            "/a",
            "/a",
            "B",
            "aB",
            "K9",
            ".",
            "a.b",
            "..",
            "%",
            "%41",
            "%C3%A9",
            "?",
            "?x=/y",
            "#",
            ";",
            "~",
            ":v",
            "+",
            "é",
            "ÿ",
            "ŀ",
            "Ł",
            "\u212a",
            "\ud83d\ude00",
            "\ud800",
            "\u013f",
            "\u022f",
            "\u0000",
            "\n",
            " ",
            "/a".repeat(63),
            "/b".repeat(64),
            "A".repeat(8_186))
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  /** What is read in one go is read as it would be closely, so that neither is a way round. */
  @Property(tries = 4_000)
  void read_anyTarget_isWhatTheCloseReadingSays(
      @ForAll("nearlyPlain") String some, @ForAll("targets") String other) {
    for (String target : List.of(some, other, some + other, "/" + some, other + some)) {
      assertThat(words(RequestPath.read(target)))
          .as(target)
          .isEqualTo(words(RequestPath.readClosely(target)));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void read_targetFromTheFile_isWhatTheCloseReadingSays(Attack attack) {
    assertThat(words(RequestPath.read(attack.input())))
        .isEqualTo(words(RequestPath.readClosely(attack.input())));
  }

  /** The comparisons above would say nothing if both readings were close ones. */
  @Test
  void read_plainTarget_isNoCloseReading() {
    String target = "/Users/a.b:c~d/x?q=%zz//é";
    assertThat(RequestPath.read(target))
        .isInstanceOfSatisfying(
            RequestPath.Clear.class,
            clear -> assertThat(clear.pieces()).hasOnlyElementsOfType(Reading.class));
    assertThat(RequestPath.readClosely(target))
        .isInstanceOfSatisfying(
            RequestPath.Clear.class,
            clear -> assertThat(clear.pieces()).hasOnlyElementsOfType(Piece.class));
  }

  /** Everything that a search can ask a path. */
  private static String words(RequestPath path) {
    if (path instanceof RequestPath.Clear clear) {
      return clear.slashed()
          + clear.pieces().stream()
              .map(piece ->
                  "%s|%s|%d|%s|%s"
                      .formatted(
                          piece.text(),
                          piece.skeleton(),
                          piece.skeleton().hash(),
                          piece.undecoded(),
                          piece.hasSmallEscape()))
              .toList()
              .toString();
    }
    return ((RequestPath.Unclear) path).reason().toString();
  }

  /** What is read has one reading: decoding once, twice, before or after changes no structure. */
  @Property(tries = 20_000)
  void read_clearTarget_hasNoHiddenStructure(@ForAll("targets") String target) {
    if (RequestPath.read(target) instanceof RequestPath.Clear clear) {
      String path = target.split("\\?", -1)[0];
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      String again = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      assertThat(again).isEqualTo(decoded);
      assertThat(decoded).doesNotContain("//", ";", "\\", "#", "?", "%", "\u0000", "./", "�");
      assertThat(decoded.endsWith(".")).isFalse();
      assertThat(decoded.chars().filter(character -> character == '/').count())
          .isEqualTo(Math.max(1, clear.pieces().size() + (clear.slashed() ? 1 : 0)));
    }
  }
}
