package io.bitting.server.signin;

import io.bitting.id.OrganizationId;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.Optional;

/**
 * Changes what belongs to a person, for that person: finds who is signed in by a cookie, locked, in
 * the transaction that makes the change, and asks whether the sign-in is good for it.
 *
 * <p>Thread-safe. Blocks.
 */
public final class OwnAccount {
  private final Store store;
  private final Beginning beginning;

  /** What a sign-in has to be good for. */
  public enum Demand {
    /** Being signed in, however far. */
    LIVE,
    /** Everything. */
    WHOLE,
    /** Everything, with a second factor proved a moment ago if there is one. */
    FRESH,
    /** Enrolling a factor: the first in a sign-in that is good for nothing else, too. */
    ENROLLING
  }

  /**
   * A change.
   *
   * @param <R> what there is afterwards
   */
  @FunctionalInterface
  public interface Change<R> {
    /**
     * Makes it. May be run again from the start.
     *
     * @param writer the transaction
     * @param present who asks, locked
     */
    Outcome<R> make(Writer writer, Present present);
  }

  /**
   * Makes it.
   *
   * @param store what is changed
   * @param beginning tells the time
   */
  public OwnAccount(Store store, Beginning beginning) {
    this.store = store;
    this.beginning = beginning;
  }

  /**
   * Changes something.
   *
   * @param cookie the cookie of the sign-in
   * @param demand what the sign-in has to be good for
   * @param change the work
   * @param <R> what there is afterwards
   */
  public <R> Outcome<R> change(String cookie, Demand demand, Change<R> change) {
    return store.<Outcome<R>>write(writer -> change(writer, cookie, demand, change)).result();
  }

  /**
   * Changes something in an organization, whose lock is had before that of the person.
   *
   * @param organization the organization
   * @param cookie the cookie of the sign-in
   * @param demand what the sign-in has to be good for
   * @param change the work
   * @param <R> what there is afterwards
   */
  public <R> Outcome<R> changeIn(
      OrganizationId organization, String cookie, Demand demand, Change<R> change) {
    return store
        .<Outcome<R>>write(writer -> {
          writer.lockOrganization(organization);
          return change(writer, cookie, demand, change);
        })
        .result();
  }

  private <R> Outcome<R> change(Writer writer, String cookie, Demand demand, Change<R> change) {
    Optional<Present> present = Present.lock(writer, cookie, beginning.now());
    if (present.isEmpty()) {
      return new Outcome.NotSignedIn<>();
    }
    Optional<Outcome.No<R>> refusal = refusal(present.get(), demand);
    return refusal.isPresent() ? refusal.get() : change.make(writer, present.get());
  }

  /** Says why a sign-in is not good for something; empty if it is. */
  static <R> Optional<Outcome.No<R>> refusal(Present present, Demand demand) {
    Standing standing = present.standing();
    boolean good =
        switch (demand) {
          case LIVE -> true;
          case WHOLE, FRESH -> standing == Standing.WHOLE;
          case ENROLLING -> standing != Standing.SECOND_FACTOR_MISSING;
        };
    if (!good) {
      return Optional.of(new Outcome.NotSignedIn<>());
    }
    boolean fresh = demand == Demand.FRESH || demand == Demand.ENROLLING;
    return fresh && present.person().hasMfa() && !present.isFresh()
        ? Optional.of(new Outcome.NotFresh<>())
        : Optional.empty();
  }
}
