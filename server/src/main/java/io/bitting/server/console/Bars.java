package io.bitting.server.console;

import java.time.Instant;
import java.util.List;

/**
 * Counts by day, as a drawing of bars and as a table.
 *
 * @param days the days, the oldest first
 */
record Bars(List<Day> days) {
  /** The height of the drawing. */
  static final int HEIGHT = 72;

  /** The width of a bar with the gap after it. */
  static final int STEP = 16;

  Bars {
    days = List.copyOf(days);
  }

  /**
   * One day.
   *
   * @param from when it begins
   * @param allowed how many checks were allowed
   * @param denied how many were denied
   */
  record Day(Instant from, long allowed, long denied) {
    long sum() {
      return allowed + denied;
    }
  }

  /**
   * A bar, in the drawing's units.
   *
   * @param x its left edge
   * @param allowed the height of its lower part
   * @param denied the height of what stands on it
   */
  record Bar(int x, int allowed, int denied) {
    int denialsFrom() {
      return HEIGHT - allowed - denied;
    }
  }

  long allowed() {
    return days.stream().mapToLong(Day::allowed).sum();
  }

  long denied() {
    return days.stream().mapToLong(Day::denied).sum();
  }

  int width() {
    return days.size() * STEP;
  }

  /** Returns the most of one day. */
  long most() {
    return days.stream().mapToLong(Day::sum).max().orElse(0);
  }

  /** Returns the bars; what happened at all is at least two units high, so that it can be seen. */
  List<Bar> bars() {
    return java.util.stream.IntStream.range(0, days.size())
        .mapToObj(
            i -> new Bar(i * STEP, height(days.get(i).allowed()), height(days.get(i).denied())))
        .toList();
  }

  private int height(long count) {
    return count == 0 ? 0 : (int) Math.max(2, count * (HEIGHT - 4) / most());
  }
}
