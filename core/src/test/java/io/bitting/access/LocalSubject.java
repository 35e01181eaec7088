package io.bitting.access;

import io.bitting.store.ChangeSource;
import io.bitting.store.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A {@link LocalAuthorizer} with its index and follower, as a program has them. */
final class LocalSubject implements AuthorizerContract.Subject {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final KeyIndex index;
  final Follower follower;
  final LocalAuthorizer authorizer;
  final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
  final BlockingQueue<Position> loaded = new LinkedBlockingQueue<>();

  LocalSubject(ChangeSource source, Clock clock) {
    this(
        source,
        clock,
        System::nanoTime,
        new Follower.Timing(Duration.ofMillis(20), Duration.ofHours(1)));
  }

  LocalSubject(ChangeSource source, Clock clock, LongSupplier nanoTime, Follower.Timing timing) {
    index = new KeyIndex(nanoTime);
    authorizer = new LocalAuthorizer(index, clock, LocalAuthorizer.MAX_STALE);
    follower =
        new Follower(
            source,
            index,
            timing,
            new Follower.Watcher() {
              @Override
              public void loaded(Position position, int keys, Duration took) {
                loaded.add(position);
              }

              @Override
              public void failed(RuntimeException failure) {
                failures.add(failure);
              }
            });
  }

  LocalSubject start() {
    follower.start();
    return this;
  }

  @Override
  public Authorizer authorizer() {
    return authorizer;
  }

  @Override
  public void await(Position position) {
    if (!follower.await(position, PATIENCE)) {
      throw new AssertionError("the follower did not come to " + position);
    }
  }

  RuntimeException awaitFailure() throws InterruptedException {
    RuntimeException failure = failures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (failure == null) {
      throw new AssertionError("no failure was told");
    }
    return failure;
  }

  Position awaitLoaded() throws InterruptedException {
    Position position = loaded.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (position == null) {
      throw new AssertionError("no load was told");
    }
    return position;
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + PATIENCE + " in vain");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
