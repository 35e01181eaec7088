package io.bitting.benchmarks;

import io.bitting.access.Follower;
import io.bitting.access.KeyIndex;
import io.bitting.store.Position;
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
        new Follower(new SyntheticSource(population, keys, witness), index, TIMING, new Silent());
    follower.start();
  }

  KeyIndex index() {
    return index;
  }

  @Override
  public void close() {
    follower.close();
  }

  private static final class Silent implements Follower.Watcher {
    @Override
    public void loaded(Position position, int keys, Duration took) {
      // The benchmarks take their own note.
    }

    @Override
    public void failed(RuntimeException failure) {
      throw failure;
    }
  }
}
