package io.bitting.server.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.OrganizationId;
import io.bitting.member.MailAddress;
import io.bitting.server.mail.Letter;
import io.bitting.server.mail.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row B5 of the threats: nobody's mailbox is filled with invitations. */
final class PostageTest {
  private static final MailAddress GRACE = new MailAddress("grace@example.com");

  private final Random random = new Random(4711);
  private final OrganizationId acme = OrganizationId.generate(random);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Postage postage =
      new Postage(Outbox.of(Optional.empty(), Clock.systemUTC()), nanos::get);

  private long sent(OrganizationId from, MailAddress to) {
    return IntStream.range(0, 100).takeWhile(i -> postage.admits(from, to)).count();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void admits_threeOfOneOrganization_andOneMoreEachTwentyMinutes() {
    assertThat(sent(acme, GRACE)).isEqualTo(3);
    pass(Duration.ofMinutes(20).minusNanos(1));
    assertThat(sent(acme, GRACE)).isZero();
    pass(Duration.ofNanos(1));
    assertThat(sent(acme, GRACE)).isEqualTo(1);
    pass(Duration.ofHours(1));
    assertThat(sent(acme, GRACE)).isEqualTo(3);
  }

  @Test
  void admits_otherAddresses_whateverOneGot() {
    sent(acme, GRACE);
    assertThat(sent(acme, new MailAddress("kim@example.com"))).isEqualTo(3);
  }

  /** What cannot be sent to anybody is nothing that somebody got. */
  @Test
  void send_withoutAMailServer_countsNothing() {
    for (int i = 0; i < 20; i++) {
      assertThat(postage.send(acme, new Letter(GRACE, "Hello", "Come."), "a test")).isFalse();
    }
    assertThat(sent(acme, GRACE)).isEqualTo(3);
  }

  /** Many organizations together do not fill a mailbox either; who is refused has paid nothing. */
  @Test
  void admits_tenOfAllOrganizations() {
    long all =
        IntStream.range(0, 20).mapToLong(i -> sent(OrganizationId.generate(random), GRACE)).sum();
    assertThat(all).isEqualTo(10);
    assertThat(sent(acme, GRACE)).isZero();
    pass(Duration.ofHours(1));
    assertThat(sent(acme, GRACE)).isEqualTo(3);
  }
}
