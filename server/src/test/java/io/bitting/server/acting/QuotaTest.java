package io.bitting.server.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.OrganizationId;
import io.bitting.server.http.Answer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row B5 of the threats, with a clock of its own. */
final class QuotaTest {
  private static final long SECOND = 1_000_000_000L;

  private final Random random = new Random(4711);
  private final OrganizationId acme = organization();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Quotas quotas = Quotas.ofDefaults(nanos::get);

  private OrganizationId organization() {
    return OrganizationId.generate(random);
  }

  /** Makes as many as it may; returns how many that were. */
  private static long makeAll(Quota quota, OrganizationId organization) {
    return IntStream.range(0, 50_000)
        .takeWhile(i -> quota.refusal(organization).isEmpty())
        .peek(i -> quota.count(organization))
        .count();
  }

  @Test
  void keys_areBounded_andMoreMayBeMadeAsTimePasses() {
    assertThat(makeAll(quotas.keys(), acme)).isEqualTo(10_000);
    nanos.addAndGet(SECOND);
    assertThat(makeAll(quotas.keys(), acme)).isEqualTo(10);
    nanos.addAndGet(3600 * SECOND);
    assertThat(makeAll(quotas.keys(), acme)).isEqualTo(10_000);
  }

  @Test
  void invitations_areBounded_andMoreMayBeMadeAsTimePasses() {
    assertThat(makeAll(quotas.invitations(), acme)).isEqualTo(200);
    nanos.addAndGet(59 * SECOND);
    assertThat(makeAll(quotas.invitations(), acme)).isZero();
    nanos.addAndGet(SECOND);
    assertThat(makeAll(quotas.invitations(), acme)).isEqualTo(1);
  }

  @Test
  void organizations_haveQuotasOfTheirOwn() {
    makeAll(quotas.keys(), acme);
    assertThat(quotas.keys().refusal(organization())).isEmpty();
    assertThat(quotas.invitations().refusal(acme)).isEmpty();
  }

  @Test
  void refusal_saysWhenTheNextMayBeMade_andItMay() {
    makeAll(quotas.invitations(), acme);
    nanos.addAndGet(SECOND / 2);
    Answer answer = quotas.invitations().refusal(acme).orElseThrow();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).contains("60");
    nanos.addAndGet(60 * SECOND);
    assertThat(quotas.invitations().refusal(acme)).isEqualTo(Optional.empty());
  }

  @Test
  void refusal_costsNothing() {
    makeAll(quotas.invitations(), acme);
    for (int i = 0; i < 1000; i++) {
      assertThat(quotas.invitations().refusal(acme)).isPresent();
    }
    nanos.addAndGet(60 * SECOND);
    assertThat(quotas.invitations().refusal(acme)).isEmpty();
  }

  /** Who made nothing lately is forgotten, and who did is not. */
  @Test
  void memory_isOfOrganizationsThatMadeSomethingLately() {
    for (int i = 0; i < 1000; i++) {
      quotas.keys().count(organization());
    }
    assertThat(quotas.keys().size()).isEqualTo(1000);
    nanos.addAndGet(900 * SECOND);
    makeAll(quotas.keys(), acme);
    nanos.addAndGet(200 * SECOND);
    quotas.keys().count(organization());
    assertThat(quotas.keys().size()).isEqualTo(2);
    assertThat(makeAll(quotas.keys(), acme)).isEqualTo(2000);
  }
}
