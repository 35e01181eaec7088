package io.bitting.seal;

import java.util.Optional;

/**
 * A row read from storage together with what its seal says.
 *
 * <p><b>Security guarantees.</b> A decision takes the row through {@link #intact} and so never
 * rests on an altered one. {@link #unchecked} is for showing a row to people, beside its verdict.
 *
 * @param <T> the kind of row
 */
public final class Sealed<T> {
  private final T row;
  private final SealVerdict verdict;

  private Sealed(T row, SealVerdict verdict) {
    this.row = row;
    this.verdict = verdict;
  }

  /**
   * Joins a row and its verdict.
   *
   * @param row the row
   * @param verdict what its seal says
   * @param <T> the kind of row
   */
  public static <T> Sealed<T> of(T row, SealVerdict verdict) {
    return new Sealed<>(row, verdict);
  }

  /** Returns the row if its seal is intact, else nothing. */
  public Optional<T> intact() {
    return verdict == SealVerdict.INTACT ? Optional.of(row) : Optional.empty();
  }

  /** Returns the row whatever its seal says: not for decisions. */
  public T unchecked() {
    return row;
  }

  /** Returns what the seal says. */
  public SealVerdict verdict() {
    return verdict;
  }

  @Override
  public String toString() {
    return verdict + " " + row;
  }
}
