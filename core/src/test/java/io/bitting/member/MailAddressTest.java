package io.bitting.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ada@example.com",
    "Ada.Lovelace+Bitting@Example.COM, ada.lovelace+bitting@example.com",
    "o'neil@mail.example.org, o'neil@mail.example.org",
    "a@b.c, a@b.c",
    "!#$%&'*+-/=?^_`{|}~@example.com, !#$%&'*+-/=?^_`{|}~@example.com",
    "i@xn--nxasmq6b.example, i@xn--nxasmq6b.example",
  })
  void parse_anAddress_isInLowerCase(String text, String stored) {
    assertThat(MailAddress.parse(text)).contains(new MailAddress(stored));
  }

  /** What looks like another address, breaks a line, or means something to whoever prints it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "ada",
        "ada@",
        "@example.com",
        "ada@example",
        "ada@@example.com",
        "ada@x@example.com",
        " ada@example.com",
        "ada@example.com ",
        "ada @example.com",
        "ada@example.com\n",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada\u0000@example.com",
        "ada\u202e@example.com",
        "ada\u200b@example.com",
        "ad\u0430@example.com",
        "ada@ex\u0430mple.com",
        "\u212aim@example.com",
        "\u017fam@example.com",
        "ad\u0131@example.com",
        "AD\u0130@example.com",
        "\uff41da@example.com",
        "\"ada lovelace\"@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada@example.com,eve@example.com",
        "ada(comment)@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "ada@.example.com",
        "ada@example.com.",
        "ada@-example.com",
        "ada@example-.com",
        "ada@exa_mple.com",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        "ada@1234567890123456789012345678901234567890123456789012345678901234.com",
        "12345678901234567890123456789012345678901234567890123456789012345@example.com",
      })
  void parse_whatIsNoAddress_isEmpty(String text) {
    assertThat(MailAddress.parse(text)).isEmpty();
    assertThatThrownBy(() -> new MailAddress(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_theLongest_isOne_andOneMoreIsNone() {
    String longest = "a@" + "b.".repeat(125) + "cc";
    assertThat(longest).hasSize(MailAddress.LENGTH_MAX);
    assertThat(MailAddress.parse(longest)).isPresent();
    assertThat(MailAddress.parse(longest + "c")).isEmpty();
    assertThat(MailAddress.parse("a".repeat(5_000_000) + "@example.com")).isEmpty();
  }

  @Test
  void of_upperCase_isAMistake() {
    assertThatThrownBy(() -> new MailAddress("Ada@example.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as it is stored")
        .hasMessageNotContaining("Ada");
  }

  @Test
  void parse_turkishDefaultLanguage_isTheSame() {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(MailAddress.parse("IRIS@EXAMPLE.COM"))
          .contains(new MailAddress("iris@example.com"));
    } finally {
      Locale.setDefault(usual);
    }
  }
}
