package io.bitting.server.members;

import io.bitting.id.OrganizationId;
import io.bitting.member.MailAddress;
import io.bitting.server.acting.Allowance;
import io.bitting.server.mail.Letter;
import io.bitting.server.mail.Outbox;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters, but only so many to one address: three at once and three an hour from one
 * organization, ten at once and ten an hour from all of them.
 *
 * <p><b>Security guarantees.</b> Whoever may invite does not fill somebody's mailbox by it, however
 * often the invitation is withdrawn and made again. Not given: that several addresses are one
 * mailbox; and each server counts what it sends, from its start.
 *
 * <p>Thread-safe.
 */
public final class Postage {
  private static final Logger LOG = LoggerFactory.getLogger(Postage.class);

  private final Outbox outbox;
  private final Allowance<Way> ofOne;
  private final Allowance<MailAddress> ofAll;

  private record Way(OrganizationId from, MailAddress to) {}

  /**
   * Begins with nothing sent.
   *
   * @param outbox where letters go out
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Postage(Outbox outbox, LongSupplier nanos) {
    this.outbox = outbox;
    this.ofOne = new Allowance<>(3, Duration.ofMinutes(20), nanos);
    this.ofAll = new Allowance<>(10, Duration.ofMinutes(6), nanos);
  }

  /**
   * Sends a letter, or does not, as {@link Outbox#send} does; never throws.
   *
   * @param from the organization that it is from
   * @param letter the letter
   * @param about what it is about, for the log; nothing secret and no person's data
   * @return whether the mail server took it
   */
  boolean send(OrganizationId from, Letter letter, String about) {
    if (!outbox.isOpen()) {
      return false;
    }
    if (!admits(from, letter.to())) {
      LOG.warn("the mail of {} was not sent: its address got as many as it gets for now", about);
      return false;
    }
    return outbox.send(letter, about);
  }

  /** Takes one letter off what an address gets, if it gets one more. */
  synchronized boolean admits(OrganizationId from, MailAddress to) {
    Way way = new Way(from, to);
    if (ofOne.wait(way) > 0 || ofAll.wait(to) > 0) {
      return false;
    }
    ofOne.count(way);
    ofAll.count(to);
    return true;
  }
}
