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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SignInTest {
  private static final Duration IDLE = SignIn.IDLE_MAX;
  private static final Duration AGE = SignIn.AGE_MAX;
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
    assertThat(BEGUN.isLive(START.plus(IDLE).minusMillis(1))).isTrue();
    assertThat(BEGUN.isLive(START.plus(IDLE))).isFalse();
    SignIn seen = BEGUN.seen(START.plusSeconds(1));
    assertThat(seen.isLive(START.plus(IDLE))).isTrue();
  }

  /** However often it is used. */
  @Test
  void isLive_untilItIsTooOld() {
    SignIn seen = BEGUN.seen(START.plus(AGE).minusMillis(1));
    assertThat(seen.isLive(START.plus(AGE).minusMillis(1))).isTrue();
    assertThat(seen.isLive(START.plus(AGE))).isFalse();
  }

  @Test
  void isLive_onceEnded_isFalse() {
    assertThat(BEGUN.ended(START).isLive(START)).isFalse();
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

  @Test
  void isComplete_withASecondFactorEnrolled_takesIt() {
    Person without = person(null);
    Person with = person(START);
    assertThat(BEGUN.isComplete(without)).isTrue();
    assertThat(BEGUN.isComplete(with)).isFalse();
    assertThat(BEGUN.proving(Factor.TOTP, START).isComplete(with)).isTrue();
    assertThat(signIn(Map.of()).isComplete(without)).isFalse();
  }

  /** A proof of the password is none where there is a second factor. */
  @Test
  void isFresh_forTenMinutesAfterTheStrongestProof() {
    Person without = person(null);
    Person with = person(START);
    Instant last = START.plus(SignIn.FRESH).minusMillis(1);
    assertThat(BEGUN.isFresh(without, last)).isTrue();
    assertThat(BEGUN.isFresh(without, last.plusMillis(1))).isFalse();
    assertThat(BEGUN.isFresh(with, START)).isFalse();
    SignIn proved = BEGUN.proving(Factor.PASSKEY, START.plusSeconds(60));
    assertThat(proved.isFresh(with, last.plusSeconds(60))).isTrue();
    assertThat(
            proved
                .proving(Factor.PASSWORD, last.plusSeconds(60))
                .isFresh(with, last.plusSeconds(61)))
        .isFalse();
  }

  @Test
  void ofAnother_isNeitherCompleteNorFresh() {
    Person another =
        new Person(
            new PersonId("Person0000Bb"),
            MailAddress.parse("another@example.com").orElseThrow(),
            "Another",
            null,
            false,
            START,
            1);
    assertThat(BEGUN.isComplete(another)).isFalse();
    assertThat(BEGUN.isFresh(another, START)).isFalse();
  }

  private static Person person(@Nullable Instant mfaSince) {
    return new Person(
        new PersonId("Person0000Aa"),
        MailAddress.parse("ada@example.com").orElseThrow(),
        "Ada",
        mfaSince,
        false,
        START,
        1);
  }
}
