package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.signin.SignInThrottle.Admission;
import io.bitting.server.signin.SignInThrottle.Admission.Admitted;
import io.bitting.server.signin.SignInThrottle.Admission.Later;
import io.bitting.server.signin.SignInThrottle.Admission.UsedUp;
import io.bitting.server.signin.SignInThrottle.Attempt;
import io.bitting.server.signin.SignInThrottle.Guess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ASVS 6.1.1, 6.3.1 and 6.5.5, and rows B2 and B3 of the threats, with a clock of their own. */
final class SignInThrottleTest {
  private static final String ANN = "ann@granite.example";
  private static final String BOB = "bob@granite.example";
  private static final String HOME = "192.0.2.1";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SignInThrottle throttle = new SignInThrottle(nanos::get, 4711);

  /** Guesses from one address after another, so that no budget but the account's is spent. */
  private int addresses;

  private static Attempt attempt(Guess guess, String account, String address) {
    return new Attempt(guess, account, Optional.empty(), address);
  }

  private static Attempt fromDevice(String account, String device) {
    return new Attempt(Guess.PASSWORD, account, Optional.of(device), HOME);
  }

  private Attempt fromAnywhere(Guess guess, String account) {
    int number = addresses++;
    return attempt(
        guess, account, "10." + number / 65536 + "." + number / 256 % 256 + "." + number % 256);
  }

  private boolean isAdmitted(Attempt attempt) {
    return throttle.admit(attempt) instanceof Admitted;
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Guesses as fast as it is let, and returns how long each failure made it wait. */
  private List<Long> guess(Guess guess, String account, int attempts) {
    List<Long> waits = new ArrayList<>();
    for (int made = 0; made < attempts; ) {
      switch (throttle.admit(fromAnywhere(guess, account))) {
        case Admitted() -> made++;
        case Later(Duration after) -> {
          waits.add(after.toSeconds());
          pass(after);
        }
        case UsedUp() -> throw new AssertionError("used up after " + made);
      }
    }
    return waits;
  }

  /** B2: the first failures are free, then each wait is twice the last, up to an hour. */
  @Test
  void admit_ofOneAccount_waitsLongerEachTime() {
    assertThat(guess(Guess.PASSWORD, ANN, 14))
        .containsExactly(30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L, 3600L);
  }

  /** NIST SP 800-63B-4, section 3.2.2: at most 100 failures in a row, however long it takes. */
  @ParameterizedTest
  @EnumSource
  void admit_afterAHundredFailures_isUsedUp_andForgettingOpensItAgain(Guess guess) {
    guess(guess, ANN, 100);

    pass(Duration.ofDays(3650));
    assertThat(throttle.admit(fromAnywhere(guess, ANN))).isEqualTo(new UsedUp());
    assertThat(isAdmitted(fromAnywhere(guess, BOB))).isTrue();
    throttle.forget(ANN);
    assertThat(guess(guess, ANN, 6)).containsExactly(30L);
  }

  /** 6.3.1: whoever floods an account does not keep its owner out of their own browser. */
  @Test
  void admit_fromAKnownDevice_isAdmittedWhateverStrangersDid() {
    guess(Guess.PASSWORD, ANN, 100);
    exhaust(HOME);

    Attempt own = fromDevice(ANN, "laptop");
    assertThat(isAdmitted(own)).isTrue();
    throttle.succeeded(own);
    assertThat(throttle.admit(fromAnywhere(Guess.PASSWORD, ANN))).isEqualTo(new UsedUp());
    assertThat(isAdmitted(attempt(Guess.PASSWORD, BOB, HOME))).isFalse();
  }

  /** A device is no way round: it has as many attempts as all strangers have together. */
  @Test
  void admit_fromAKnownDevice_isCountedToo() {
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofHours(2));
      admitted += isAdmitted(fromDevice(ANN, "laptop")) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(100);
    assertThat(isAdmitted(fromDevice(ANN, "phone"))).isTrue();
    assertThat(isAdmitted(fromDevice(BOB, "laptop"))).isTrue();
  }

  @Test
  void succeeded_beginsAnew() {
    guess(Guess.PASSWORD, ANN, 5);
    pass(Duration.ofMinutes(1));
    Attempt right = fromAnywhere(Guess.PASSWORD, ANN);
    assertThat(isAdmitted(right)).isTrue();
    throttle.succeeded(right);

    assertThat(guess(Guess.PASSWORD, ANN, 6)).containsExactly(30L);
  }

  /** Whoever has the password does not get more guesses at the code by giving it again. */
  @Test
  void succeeded_withAPassword_leavesTheGuessesAtCodes() {
    guess(Guess.CODE, ANN, 5);
    for (int i = 0; i < 20; i++) {
      Attempt right = fromAnywhere(Guess.PASSWORD, ANN);
      assertThat(isAdmitted(right)).isTrue();
      throttle.succeeded(right);
    }

    assertThat(throttle.admit(fromAnywhere(Guess.CODE, ANN)))
        .isEqualTo(new Later(Duration.ofSeconds(30)));
  }

  /** B3: whenever one begins, no more than five guesses fall into the 30 seconds of a code. */
  @Test
  void admit_ofCodes_areAtMostFiveInAStep() {
    for (int begin = 0; begin < 30; begin += 3) {
      String account = "person" + begin + "@granite.example";
      int[] inStep = new int[60];
      for (int second = 0; second < 900; second++) {
        while (isAdmitted(fromAnywhere(Guess.CODE, account))) {
          inStep[(begin + second) / 30]++;
        }
        pass(Duration.ofSeconds(1));
      }
      assertThat(inStep[begin / 30]).isEqualTo(5);
      assertThat(Arrays.stream(inStep).max()).hasValue(5);
    }
  }

  /** B2: a spray over many accounts is bounded by where it comes from; a network counts as one. */
  @Test
  void admit_ofManyAccountsFromOneAddress_isBounded() {
    assertThat(exhaust(HOME)).isEqualTo(50);
    assertThat(throttle.admit(attempt(Guess.PASSWORD, "new@granite.example", HOME)))
        .isEqualTo(new Later(Duration.ofSeconds(6)));
    pass(Duration.ofMinutes(1));
    assertThat(exhaust(HOME)).isEqualTo(10);
    assertThat(isAdmitted(attempt(Guess.PASSWORD, ANN, "192.0.2.2"))).isTrue();

    assertThat(exhaust("2001:db8::1")).isEqualTo(50);
    assertThat(exhaust("2001:db8:0:0:9:9:9:9")).isZero();
    assertThat(exhaust("2001:db8:1::1")).isEqualTo(50);
  }

  private int exhaust(String address) {
    int admitted = 0;
    while (isAdmitted(
        attempt(Guess.PASSWORD, "spray" + addresses++ + "@granite.example", address))) {
      admitted++;
    }
    return admitted;
  }

  /** An office behind one address signs in all morning. */
  @Test
  void succeeded_costsTheAddressNothing() {
    for (int i = 0; i < 1000; i++) {
      Attempt right = attempt(Guess.PASSWORD, "person" + i + "@granite.example", HOME);
      assertThat(isAdmitted(right)).isTrue();
      throttle.succeeded(right);
    }
    assertThat(exhaust(HOME)).isEqualTo(50);
  }

  /** Being told to wait costs nothing, so that patience is all it takes. */
  @Test
  void admit_tooEarly_changesNothing() {
    guess(Guess.PASSWORD, ANN, 6);
    for (int i = 0; i < 1000; i++) {
      assertThat(throttle.admit(attempt(Guess.PASSWORD, ANN, HOME)))
          .isEqualTo(new Later(Duration.ofSeconds(60)));
    }
    pass(Duration.ofSeconds(60));
    assertThat(isAdmitted(attempt(Guess.PASSWORD, ANN, HOME))).isTrue();
  }

  /** What the server could not check is not held against who asked. */
  @Test
  void withdrawn_wasNoFailure() {
    for (int i = 0; i < 1000; i++) {
      Attempt unlucky = attempt(Guess.PASSWORD, ANN, HOME);
      assertThat(isAdmitted(unlucky)).isTrue();
      throttle.withdrawn(unlucky);
    }
    throttle.withdrawn(attempt(Guess.PASSWORD, BOB, "192.0.2.9"));
    assertThat(guess(Guess.PASSWORD, ANN, 6)).containsExactly(30L);
    assertThat(guess(Guess.PASSWORD, BOB, 6)).containsExactly(30L);
  }

  /** A thousand at once are no more than one after another. */
  @Test
  void admit_manyAtOnce_areNoMore() throws Exception {
    List<Future<Admission>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 1000; i++) {
        Attempt attempt = fromAnywhere(Guess.CODE, ANN);
        answers.add(threads.submit(() -> throttle.admit(attempt)));
      }
    }
    int admitted = 0;
    for (Future<Admission> answer : answers) {
      admitted += answer.get() instanceof Admitted ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(5);
  }

  /** Counts are not pushed out by new ones: a flood of made-up accounts resets nothing. */
  @Test
  void admit_ofAFloodOfAccounts_doesNotPushACountOut() {
    guess(Guess.PASSWORD, ANN, 100);
    for (int i = 0; i < 30_000; i++) {
      throttle.admit(fromAnywhere(Guess.PASSWORD, "flood" + i + "@granite.example"));
    }
    assertThat(throttle.admit(fromAnywhere(Guess.PASSWORD, ANN))).isEqualTo(new UsedUp());
  }
}
