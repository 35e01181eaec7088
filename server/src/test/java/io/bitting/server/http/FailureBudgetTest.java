package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Refusal;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row B1 of the threats, with a clock of its own. */
final class FailureBudgetTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final FailureBudget budget = new FailureBudget(nanos::get, 4711);

  private static Refusal refusal(int status, String code) {
    return new Refusal(
        status,
        code,
        "t",
        "d",
        Optional.empty(),
        Collections.emptySortedSet(),
        Collections.emptySortedSet());
  }

  private boolean isToldToWait(String address) {
    return budget.answer(refusal(401, "credential_invalid"), address).isPresent();
  }

  private long untilToldToWait(String address) {
    return IntStream.range(0, 5000).takeWhile(i -> !isToldToWait(address)).count();
  }

  @Test
  void wrongCredentials_ofOneAddress_areBounded_andTheBudgetFillsAgain() {
    assertThat(untilToldToWait("192.0.2.1")).isEqualTo(600);
    assertThat(isToldToWait("192.0.2.1")).isTrue();
    nanos.addAndGet(1_000_000_000L);
    assertThat(untilToldToWait("192.0.2.1")).isEqualTo(10);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(untilToldToWait("192.0.2.1")).isEqualTo(600);
  }

  @Test
  void answer_saysWhenToComeBack() {
    untilToldToWait("192.0.2.1");
    Answer answer = budget.answer(refusal(401, "credential_invalid"), "192.0.2.1").orElseThrow();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).contains("1");
  }

  @Test
  void addresses_haveBudgetsOfTheirOwn_butANetworkHasOne() {
    untilToldToWait("192.0.2.1");
    assertThat(isToldToWait("192.0.2.2")).isFalse();
    untilToldToWait("2001:db8::1");
    assertThat(isToldToWait("2001:db8::ffff")).isTrue();
    assertThat(isToldToWait("2001:db8:0:0:9:9:9:9")).isTrue();
    assertThat(isToldToWait("2001:db8:1::1")).isFalse();
  }

  /** Who has proved a secret is not guessing; who is not known cannot be counted. */
  @Test
  void otherRefusals_areNotCounted() {
    untilToldToWait("192.0.2.1");
    for (String code : new String[] {"credential_missing", "key_revoked", "insufficient_scope"}) {
      assertThat(budget.answer(refusal(401, code), "192.0.2.1")).isEmpty();
    }
    assertThat(budget.answer(refusal(401, "credential_invalid"), "")).isEmpty();
  }
}
