package io.bitting.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpellingTest {
  private static final List<Scope> KNOWN =
      List.of(
          new Scope("scans:read"),
          new Scope("scans:run"),
          new Scope("view:user"),
          new Scope("org.memberships:manage"),
          new Scope("bot"));

  @ParameterizedTest
  @CsvSource({
    "scan:read, scans:read",
    "scans:raed, scans:read",
    "SCANS:READ, scans:read",
    "'scans:read ', scans:read",
    "read:scans, scans:read",
    "user:view, view:user",
    "scans\uff1aread, scans:read",
    "\uff53cans:read, scans:read",
    "scаns:read, scans:read",
    "scans\u200b:read, scans:read",
    "scans:rum, scans:run",
    "org.membership:manage, org.memberships:manage",
    "bots, bot",
  })
  void nearest_aSlip_isFound(String wrong, String meant) {
    assertThat(Spelling.nearest(wrong, KNOWN)).contains(new Scope(meant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "admin", "files:write", "issues:manage", "everything"})
  void nearest_anotherWord_isNotGuessed(String wrong) {
    assertThat(Spelling.nearest(wrong, KNOWN)).isEmpty();
  }

  @Test
  void nearest_aTextThatIsFarTooLong_isNotCompared() {
    assertThat(Spelling.nearest("scans:read" + " ".repeat(1_000_000), KNOWN)).isEmpty();
  }

  @Test
  void printable_whatHides_isShownAsCodePoints() {
    assertThat(Spelling.printable("a\u202e\u0000\n\"\\\u0301\ud800é"))
        .isEqualTo("a\\u{202E}\\u{0000}\\u{000A}\\u{0022}\\u{005C}\\u{0301}\\u{D800}é");
  }

  @Test
  void printable_aLongText_isCut() {
    assertThat(Spelling.printable("a".repeat(140))).isEqualTo("a".repeat(140));
    assertThat(Spelling.printable("a".repeat(141))).isEqualTo("a".repeat(140) + "…");
    assertThat(Spelling.printable("\ud83d\udd11".repeat(141)))
        .isEqualTo("\\u{1F511}".repeat(140) + "…");
  }

  /** Messages end up in logs: of a token that somebody sent in the wrong place the id is enough. */
  @Test
  void printable_aToken_isCutAfterItsId() {
    String id = "4fT9xQ2mZp7B";
    String rest = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE000000";
    assertThat(Spelling.printable("nex_" + id + rest)).isEqualTo("nex_" + id + "...");
    assertThat(Spelling.printable("NEX_" + id + rest.toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo("NEX_" + id + "...");
    assertThat(Spelling.printable("x".repeat(120) + "_" + id + rest))
        .isEqualTo("x".repeat(120) + "_" + id + "...");
    assertThat(Spelling.printable("x".repeat(500) + "_" + id + rest))
        .isEqualTo("x".repeat(140) + "…");
    assertThat(Spelling.printable("nex_" + id)).isEqualTo("nex_" + id);
  }
}
