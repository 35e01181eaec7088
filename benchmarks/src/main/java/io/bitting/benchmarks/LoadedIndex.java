package io.bitting.benchmarks;

import io.bitting.access.Follower;
import io.bitting.access.KeyIndex;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An index that a follower has loaded from a synthetic source and keeps current, as in a server.
 *
 * <p>Thread-safe. Has the follower's thread until {@link #close}.
 */
final class LoadedIndex implements AutoCloseable {
  /** As in a server, but for the reading of everything: this source has no second copy of it. */
  private static final Follower.Timing TIMING =
      new Follower.Timing(Follower.Timing.ofDefaults().poll(), Duration.ofDays(1));

  private final KeyIndex index = new KeyIndex();
  private final Follower follower;

  /** Loads. The witness is shown each key. */
  LoadedIndex(Population population, int keys, Consumer<Population.Made> witness) {
    follower =
        new Follower(
            new SyntheticSource(population, keys, witness),
            index,
            TIMING,
            failure -> {
              throw failure;
            });
    follower.start();
  }

  KeyIndex index() {
    return index;
  }

  @Override
  public void close() {
    follower.close();
  }
}
