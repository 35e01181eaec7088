package io.bitting.server.signin;

import io.bitting.issue.Fault;
import java.time.Duration;
import java.util.List;

/**
 * What came of something that a person wanted.
 *
 * @param <R> what there is when it went well
 */
public sealed interface Outcome<R> {

  /**
   * It was done.
   *
   * @param result what there is now
   * @param <R> its kind
   */
  record Done<R>(R result) implements Outcome<R> {
    @Override
    public String toString() {
      return "Done";
    }
  }

  /**
   * It was not done, and nothing was changed.
   *
   * @param <R> what there would have been
   */
  sealed interface No<R> extends Outcome<R> {

    /**
     * Says the same of something else.
     *
     * @param <S> what there would have been
     */
    default <S> No<S> of() {
      return switch (this) {
        case NotSignedIn<R> _ -> new NotSignedIn<>();
        case NotFresh<R> _ -> new NotFresh<>();
        case Faulty<R> faulty -> new Faulty<>(faulty.faults());
        case Refused<R> refused -> new Refused<>(refused.why());
        case Later<R> later -> new Later<>(later.after());
      };
    }
  }

  /**
   * Nobody is signed in by that cookie, or not far enough for this.
   *
   * @param <R> what there would have been
   */
  record NotSignedIn<R>() implements No<R> {}

  /**
   * A second factor has to be proved once more.
   *
   * @param <R> what there would have been
   */
  record NotFresh<R>() implements No<R> {}

  /**
   * What was sent is wrong.
   *
   * @param faults everything that is wrong with it
   * @param <R> what there would have been
   */
  record Faulty<R>(List<Fault> faults) implements No<R> {
    /** Copies the list. */
    public Faulty {
      faults = List.copyOf(faults);
    }

    /**
     * Says that one thing is wrong.
     *
     * @param pointer where
     * @param code the stable word for the kind of fault
     * @param message what is wrong
     * @param fix what to do about it
     * @param <R> what there would have been
     */
    public static <R> Faulty<R> at(String pointer, String code, String message, String fix) {
      return new Faulty<>(List.of(new Fault(pointer, code, message, fix)));
    }
  }

  /**
   * It is refused.
   *
   * @param why a sentence
   * @param <R> what there would have been
   */
  record Refused<R>(String why) implements No<R> {}

  /**
   * It can be tried later.
   *
   * @param after how much later
   * @param <R> what there would have been
   */
  record Later<R>(Duration after) implements No<R> {}
}
