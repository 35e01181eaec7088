package io.bitting.server.acting;

import io.bitting.id.OrganizationId;
import io.bitting.server.http.Answer;
import io.bitting.server.http.ProblemCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much of one kind an organization may make: so many at once, and one more each time a while
 * has passed. Whoever wants more is told to wait, and how long.
 *
 * <p><b>Security guarantees.</b> Nobody but an organization itself spends what it may make, and
 * only by what is made: not by what is refused, nor by a repeated request, nor by a plan. Nothing
 * that takes power away asks for it. Takes memory for the organizations alone that made something
 * lately. Not given: each server counts what is made by it, from its start; and what storage fails
 * to keep at the last moment is counted as if it were made.
 *
 * <p>Thread-safe. Never blocks for longer than it takes to look through these organizations.
 */
public final class Quota {
  private final String made;
  private final Allowance<OrganizationId> allowance;

  /**
   * Begins with nothing made.
   *
   * @param made what is made, in the plural: {@code invitations}
   * @param atOnce how many may be made at once
   * @param each after how long one more may be made
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Quota(String made, int atOnce, Duration each, LongSupplier nanos) {
    this.made = made;
    this.allowance = new Allowance<>(atOnce, each, nanos);
  }

  /**
   * Returns work that is done only if the caller's organization may make one more, and that counts
   * if something is made. To be done once the caller is checked.
   *
   * @param change the work
   * @param <R> what it makes
   */
  public <R> Acting.Change<R> within(Acting.Change<R> change) {
    return (writer, caller) -> {
      OrganizationId organization = caller.organization().id();
      Optional<Answer> refusal = refusal(organization);
      if (refusal.isPresent()) {
        return Step.no(refusal.get());
      }
      Step<R> step = change.make(writer, caller);
      if (step instanceof Step.Done<R>) {
        count(organization);
      }
      return step;
    };
  }

  /** Says what to answer an organization that may make no more now; empty if it may. */
  Optional<Answer> refusal(OrganizationId organization) {
    long wait = allowance.wait(organization);
    return wait == 0
        ? Optional.empty()
        : Optional.of(answer((wait + 999_999_999L) / 1_000_000_000L));
  }

  private Answer answer(long seconds) {
    return Answer.problem(
            ProblemCode.RATE_LIMITED,
            "The organization made as many "
                + made
                + " as it may for now; nothing was changed. The next one can be made in "
                + seconds
                + (seconds == 1 ? " second." : " seconds."))
        .with("Retry-After", String.valueOf(seconds));
  }

  /** Notes that an organization made one. */
  void count(OrganizationId organization) {
    allowance.count(organization);
  }

  /** Returns of how many organizations something is kept. */
  int size() {
    return allowance.size();
  }
}
