package io.bitting.access;

import io.bitting.id.KeyId;
import io.bitting.store.ChangeSource;
import io.bitting.store.Position;
import io.bitting.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link KeyIndex} up with a {@link ChangeSource}: loads it, applies what changes, and
 * reads everything anew from time to time, so that a row that was altered without a change entry is
 * noticed. The only writer of its index.
 *
 * <p>Thread-safe. Has one thread of its own between {@link #start} and {@link #close}.
 */
public final class Follower implements AutoCloseable {
  private final ChangeSource source;
  private final KeyIndex index;
  private final Timing timing;
  private final Watcher watcher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile boolean closed;
  private volatile boolean reloadWanted;

  /** Whether everything is being read in another thread now: one such reading at a time. */
  private volatile boolean reading;

  private final AtomicReference<KeyIndex.@Nullable Contents> beside = new AtomicReference<>();
  private long reloadedAt;
  private @Nullable Thread thread;

  /**
   * How often to look.
   *
   * @param poll the longest time between two looks for changes
   * @param reload the time between two readings of everything
   */
  public record Timing(Duration poll, Duration reload) {
    /** Looks each second, and reads everything each ten minutes. */
    public static Timing ofDefaults() {
      return new Timing(Duration.ofSeconds(1), Duration.ofMinutes(10));
    }
  }

  /** Told how a follower fares. Called from its thread, which goes on when this throws. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Takes note that everything was read.
     *
     * @param position the position reached
     * @param keys how many keys there are
     * @param took how long it took
     */
    default void loaded(Position position, int keys, Duration took) {}

    /**
     * Takes note that the index is current; said at each look, whether anything changed or not.
     *
     * @param position the position reached
     */
    default void followed(Position position) {}

    /**
     * Takes note that storage did not answer; the follower goes on trying.
     *
     * @param failure what happened
     */
    void failed(RuntimeException failure);
  }

  /**
   * Makes a follower.
   *
   * @param source where rows come from
   * @param index the index to write
   * @param timing how often to look
   * @param watcher told how it fares
   */
  public Follower(ChangeSource source, KeyIndex index, Timing timing, Watcher watcher) {
    this.source = source;
    this.index = index;
    this.timing = timing;
    this.watcher = watcher;
  }

  /**
   * Loads everything, then follows in a thread of its own.
   *
   * @throws StoreException if the first load fails; the follower is not started then
   */
  public void start() {
    load();
    reloadedAt = System.nanoTime();
    Thread follower = new Thread(this::run, "bitting-follower");
    follower.setDaemon(true);
    thread = follower;
    follower.start();
  }

  /**
   * Waits until a change is in the index.
   *
   * @param position the change
   * @param atMost how long to wait
   * @return whether it is
   */
  public boolean await(Position position, Duration atMost) {
    if (index.position().hasReached(position)) {
      return true;
    }
    source.wake();
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (!index.position().hasReached(position)) {
        if (left <= 0 || closed) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Asks for everything to be read anew, soon: as the timing does by itself. Returns at once. */
  public void reload() {
    reloadWanted = true;
    source.wake();
  }

  private void run() {
    while (!closed) {
      try {
        source.await(timing.poll());
        if (closed) {
          return;
        }
        if (!reading && isReloadDue()) {
          reloadWanted = false;
          reloadedAt = System.nanoTime();
          loadBeside();
        }
        follow();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        inform(() -> watcher.failed(e));
        pause();
      }
    }
  }

  private boolean isReloadDue() {
    return reloadWanted || System.nanoTime() - reloadedAt > timing.reload().toNanos();
  }

  /** After a failure: not at once again, but soon. */
  private void pause() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(100);
      while (left > 0 && !closed) {
        left = moved.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void follow() {
    Map<KeyId, Object> vetoes = index.vetoes();
    long asked = index.now();
    KeyIndex.Contents fresh = beside.get();
    KeyIndex.Contents contents = fresh == null ? index.contents() : fresh;
    Optional<Position> reached = source.resume(contents.position, contents);
    if (reached.isEmpty()) {
      load();
    } else {
      contents.position = reached.get();
      index.replace(contents);
      index.confirm(asked);
    }
    // Only now: had the source failed, what was read beside would be kept for the next time.
    beside.compareAndSet(fresh, null);
    // The change behind a veto is in the index by now, or was not made.
    index.lift(vetoes);
    tell();
    inform(() -> watcher.followed(index.position()));
  }

  private void load() {
    long asked = index.now();
    KeyIndex.Contents next = read();
    index.replace(next);
    index.confirm(asked);
    tell();
  }

  /**
   * Reads everything in another thread, since that takes seconds with a million keys, and changes
   * must not wait for it.
   */
  private void loadBeside() {
    Thread reader =
        new Thread(
            () -> {
              try {
                beside.set(read());
                reading = false;
                source.wake();
              } catch (RuntimeException e) {
                reloadWanted = true;
                inform(() -> watcher.failed(e));
              } finally {
                reading = false;
              }
            },
            "bitting-reader");
    reader.setDaemon(true);
    reading = true;
    reader.start();
  }

  private KeyIndex.Contents read() {
    long began = System.nanoTime();
    KeyIndex.Contents next = new KeyIndex.Contents(index.size());
    next.position = source.load(next);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    inform(() -> watcher.loaded(next.position, next.keys.size(), took));
    return next;
  }

  /** Tells the watcher. What it throws has nobody to be told to, and ends no following. */
  private static void inform(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      // The watcher's own affair.
    }
  }

  private void tell() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops following; the index keeps what it has and grows old. */
  @Override
  public void close() {
    closed = true;
    tell();
    source.wake();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      try {
        running.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
