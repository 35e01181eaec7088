package io.bitting.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.seal.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SignInTest {
  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration AGE = Duration.ofHours(12);
  private static final Instant START = MutableClock.START;
  private static final SignIn BEGUN = signIn(Map.of(Factor.PASSWORD, START));

  private static SignIn signIn(Map<Factor, Instant> proved) {
    return new SignIn(
        new SignInId("SignIn0000Aa"),
        Bytes.zeros(32),
        new PersonId("Person0000Aa"),
        START,
        START,
        proved,
        "192.0.2.7",
        "Mozilla/5.0",
        null);
  }

  @Test
  void isLive_untilItIsIdleForTooLong() {
    assertThat(BEGUN.isLive(START.plus(IDLE).minusMillis(1), IDLE, AGE)).isTrue();
    assertThat(BEGUN.isLive(START.plus(IDLE), IDLE, AGE)).isFalse();
    SignIn seen = BEGUN.seen(START.plusSeconds(1800));
    assertThat(seen.isLive(START.plus(IDLE), IDLE, AGE)).isTrue();
  }

  /** However often it is used. */
  @Test
  void isLive_untilItIsTooOld() {
    SignIn seen = BEGUN.seen(START.plus(AGE).minusMillis(1));
    assertThat(seen.isLive(START.plus(AGE).minusMillis(1), IDLE, AGE)).isTrue();
    assertThat(seen.isLive(START.plus(AGE), IDLE, AGE)).isFalse();
  }

  @Test
  void isLive_onceEnded_isFalse() {
    assertThat(BEGUN.ended(START).isLive(START, IDLE, AGE)).isFalse();
  }

  @Test
  void secondProvedAt_isTheLatestOfTheSecondFactors() {
    assertThat(BEGUN.secondProvedAt()).isEmpty();
    SignIn both =
        BEGUN
            .proving(Factor.PASSKEY, START.plusSeconds(9))
            .proving(Factor.TOTP, START.plusSeconds(5))
            .proving(Factor.PASSWORD, START.plusSeconds(20));
    assertThat(both.secondProvedAt()).contains(START.plusSeconds(9));
    assertThat(both.lastSeenAt()).isEqualTo(START.plusSeconds(20));
  }

  @Test
  void proved_changedAfterwards_staysAsItWas() {
    Map<Factor, Instant> proved = new HashMap<>(Map.of(Factor.PASSWORD, START));
    SignIn signIn = signIn(proved);
    proved.put(Factor.TOTP, START);
    assertThat(signIn.secondProvedAt()).isEmpty();
  }
}
