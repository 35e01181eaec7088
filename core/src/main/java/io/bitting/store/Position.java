package io.bitting.store;

import java.util.Optional;

/**
 * A place in the sequence of committed changes of one database.
 *
 * @param epoch the identity of the database; another epoch has another sequence
 * @param seq counts committed changes, from 0, without a gap and in the order of commits
 */
public record Position(String epoch, long seq) {

  /**
   * Tells whether somebody who has applied this position has applied another one too.
   *
   * @param other the position asked for
   */
  public boolean hasReached(Position other) {
    return epoch.equals(other.epoch) && seq >= other.seq;
  }

  /** Returns the text form, {@code <epoch>.<seq>}. */
  public String text() {
    return epoch + "." + seq;
  }

  /**
   * Reads the text form.
   *
   * @param text any text
   * @return empty unless it is a position
   */
  public static Optional<Position> parse(String text) {
    int dot = text.lastIndexOf('.');
    if (dot < 1 || !text.substring(dot + 1).matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Position(text.substring(0, dot), Long.parseLong(text.substring(dot + 1))));
  }

  @Override
  public String toString() {
    return text();
  }
}
