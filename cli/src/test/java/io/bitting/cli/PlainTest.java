package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTest {

  /**
   * Guarantee: what a server sends cannot move the cursor, colour the terminal or turn a line
   * around.
   */
  @Test
  void text_thatWouldSteerTheTerminal_isShownAsCodePoints() {
    assertThat(Plain.text("a\u001b[31mb\u202ec\u0007\r\n\ud800é…✓"))
        .isEqualTo("a\\u{001B}[31mb\\u{202E}c\\u{0007}\\u{000D}\\u{000A}\\u{D800}é…✓");
  }

  @Test
  void count_isSingularForOne() {
    assertThat(Plain.count(1, "key")).isEqualTo("1 key");
    assertThat(Plain.count(0, "key")).isEqualTo("0 keys");
    assertThat(Plain.count(2, "category", "categories")).isEqualTo("2 categories");
  }
}
