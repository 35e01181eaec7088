package io.bitting.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a second thread work on what the first one reads, in the same order, so that reading and
 * working take the time of the longer of the two.
 */
final class Relay<T> {
  private static final int BATCH = 512;
  private static final int BATCHES_WAITING = 8;

  private final BlockingQueue<List<T>> batches = new ArrayBlockingQueue<>(BATCHES_WAITING);
  private final Consumer<? super T> work;
  private final Thread worker = new Thread(this::work, "bitting-relay");
  private List<T> batch = new ArrayList<>(BATCH);
  private volatile @Nullable Throwable failure;

  private Relay(Consumer<? super T> work) {
    this.work = work;
    worker.setDaemon(true);
  }

  /**
   * Reads on the calling thread and works on another. Returns when all the work is done; the first
   * failure on either side ends both.
   */
  static <T> void run(Consumer<Consumer<T>> reading, Consumer<? super T> work) {
    Relay<T> relay = new Relay<>(work);
    relay.worker.start();
    try {
      reading.accept(relay::add);
      relay.handOver();
    } finally {
      relay.end();
    }
    relay.throwFailure();
  }

  private void add(T item) {
    batch.add(item);
    if (batch.size() == BATCH) {
      throwFailure();
      handOver();
    }
  }

  private void handOver() {
    if (!batch.isEmpty()) {
      put(batch);
      batch = new ArrayList<>(BATCH);
    }
  }

  /** An empty batch says that no more will come. */
  private void end() {
    put(List.of());
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(List<T> full) {
    boolean interrupted = false;
    while (true) {
      try {
        batches.put(full);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** After a failure batches are still taken, so that the reader never waits for room. */
  private void work() {
    while (true) {
      List<T> next = take();
      if (next.isEmpty()) {
        return;
      }
      try {
        if (failure == null) {
          next.forEach(work);
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  private List<T> take() {
    while (true) {
      try {
        return batches.take();
      } catch (InterruptedException e) {
        // Nobody has reason to interrupt this thread; its end is an empty batch.
      }
    }
  }

  private void throwFailure() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
