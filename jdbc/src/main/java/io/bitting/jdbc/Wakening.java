package io.bitting.jdbc;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets one thread wait until another wakes it; a wake that comes before the wait is not lost.
 * Thread-safe.
 */
final class Wakening {
  private final Semaphore wakes = new Semaphore(0);

  void wake() {
    wakes.release();
  }

  void await(Duration atMost) throws InterruptedException {
    if (wakes.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
  }
}
