package io.bitting.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.Attack;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules R7 and R7b of the standards, and rows A6 and U1 of the threats. */
final class ScopeTest {

  static List<Attack> scopes() {
    return Attack.in("scopes.json");
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void parse_textFromTheFile_isWrittenOrATokenOrRefused(Attack attack) {
    String text = attack.input();
    String expected = attack.text("expected").orElseThrow();

    Optional<String> written = Scope.parse(text).map(Scope::text);
    Optional<String> token = Scope.parseToken(text).map(Scope::text);

    switch (expected) {
      case "written" -> {
        assertThat(written).contains(text);
        assertThat(token).contains(text);
      }
      case "token" -> {
        assertThat(written).isEmpty();
        assertThat(token).contains(text);
      }
      case "refused" -> {
        assertThat(written).isEmpty();
        assertThat(token).isEmpty();
        assertThatThrownBy(() -> new Scope(text)).isInstanceOf(IllegalArgumentException.class);
      }
      default -> throw new AssertionError(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void fault_textFromTheFile_saysWhatIsWrong(Attack attack) {
    Optional<String> fault = Spelling.fault(attack.input());
    if (attack.text("expected").orElseThrow().equals("written")) {
      assertThat(fault).isEmpty();
    } else {
      assertThat(fault).get().asString().contains(attack.text("says").orElseThrow());
      assertThat(fault.get().length()).isLessThan(1000);
      assertThat(fault.get().codePoints().allMatch(ScopeTest::prints)).as(fault.get()).isTrue();
    }
  }

  private static boolean prints(int point) {
    return Character.isLetterOrDigit(point) || (point >= 0x20 && point < 0x7f) || point == '…';
  }

  /** RFC 6749, section 3.3: %x21 / %x23-5B / %x5D-7E, and nothing else. */
  @Test
  void parseToken_everyUtf16Unit_isAllowedAsTheRfcSays() {
    for (int unit = 0; unit <= 0xffff; unit++) {
      boolean allowed =
          unit == 0x21 || (unit >= 0x23 && unit <= 0x5b) || (unit >= 0x5d && unit <= 0x7e);
      assertThat(Scope.parseToken(String.valueOf((char) unit)).isPresent())
          .as("U+%04X", unit)
          .isEqualTo(allowed);
    }
  }

  /** Rule 5: exactly, and case counts. */
  @Test
  void equals_anotherSpelling_isAnotherScope() {
    assertThat(new Scope("scans:read")).isEqualTo(new Scope("scans:read"));
    for (String other :
        new String[] {
          "scans:Read", "read:scans", "scans", "scans:reads", "scans.read", "scans:*"
        }) {
      assertThat(new Scope("scans:read")).isNotEqualTo(new Scope(other));
    }
  }

  @Test
  void compareTo_names_areInTheOrderOfTheirText() {
    assertThat(new Scope("a:b")).isLessThan(new Scope("a:c")).isGreaterThan(new Scope("a.b"));
    assertThat(new Scope("a:b")).isEqualByComparingTo(new Scope("a:b"));
  }
}
