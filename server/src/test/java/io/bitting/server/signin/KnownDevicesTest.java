package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.seal.PepperKeyset;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 6.3.1: a browser that was signed in to from before is told from a stranger's. */
final class KnownDevicesTest {
  private static final String ANN = "ann@granite.example";
  private static final Instant LONG_AGO = Instant.EPOCH;

  private final MutableClock clock = new MutableClock();
  private final PepperKeyset keyset = PepperKeyset.generate(new SeededRandom(1));
  private final KnownDevices devices = new KnownDevices(keyset, clock, new SeededRandom(2));

  @Test
  void recognize_itsOwnCookie_isThatDevice() {
    String laptop = devices.make(ANN);
    String phone = devices.make(ANN);

    assertThat(devices.recognize(ANN, laptop, LONG_AGO)).isPresent();
    assertThat(devices.recognize(ANN, laptop, LONG_AGO))
        .isEqualTo(devices.recognize(ANN, laptop, LONG_AGO))
        .isNotEqualTo(devices.recognize(ANN, phone, LONG_AGO));
    assertThat(laptop).matches("[!-~&&[^\",;\\\\]]{1,200}").doesNotContain("ann");
  }

  @Test
  void recognize_ofAnotherAccountOrAnotherKeyset_isNone() {
    String cookie = devices.make(ANN);
    KnownDevices others =
        new KnownDevices(PepperKeyset.generate(new SecureRandom()), clock, new SeededRandom(2));

    assertThat(devices.recognize("bob@granite.example", cookie, LONG_AGO)).isEmpty();
    assertThat(others.recognize(ANN, cookie, LONG_AGO)).isEmpty();
  }

  @Test
  void recognize_afterTheKeysetGrew_isStillThatDevice() {
    String cookie = devices.make(ANN);
    PepperKeyset both =
        PepperKeyset.parse(
            keyset.revealText()
                + PepperKeyset.generate(new SeededRandom(9))
                    .revealText()
                    .replaceFirst("(?m)^1 ", "2 "));
    KnownDevices later = new KnownDevices(both, clock, new SeededRandom(2));

    assertThat(later.recognize(ANN, cookie, LONG_AGO)).isPresent();
    assertThat(later.make(ANN)).contains(".2.");
  }

  @Test
  void recognize_withTime_ends() {
    String cookie = devices.make(ANN);

    clock.advance(Duration.ofDays(180).minusSeconds(1));
    assertThat(devices.recognize(ANN, cookie, LONG_AGO)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(devices.recognize(ANN, cookie, LONG_AGO)).isEmpty();
  }

  @Test
  void recognize_fromBeforeThePasswordWasChanged_isNone() {
    String cookie = devices.make(ANN);
    Instant made = clock.instant();

    assertThat(devices.recognize(ANN, cookie, made)).isPresent();
    assertThat(devices.recognize(ANN, cookie, made.plusSeconds(1))).isEmpty();
  }

  /** Every character counts. */
  @Test
  void recognize_withAnyCharacterAltered_isNone() {
    String cookie = devices.make(ANN);
    List<String> accepted = new ArrayList<>();
    for (int at = 0; at < cookie.length(); at++) {
      for (char other : "0129afAFzZ.-é\0".toCharArray()) {
        if (cookie.charAt(at) != other) {
          String altered = cookie.substring(0, at) + other + cookie.substring(at + 1);
          devices.recognize(ANN, altered, LONG_AGO).ifPresent(accepted::add);
        }
      }
    }
    assertThat(accepted).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1....", "1.a.1.1.00", "%s ", " %s", "%s\n", "%s%s", "%s.1"})
  void recognize_whatIsNoCookie_isNone(String form) {
    String cookie = devices.make(ANN);

    assertThat(devices.recognize(ANN, form.replace("%s", cookie), LONG_AGO)).isEmpty();
  }
}
