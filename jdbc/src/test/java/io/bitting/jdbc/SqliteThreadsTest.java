package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The queue before SQLite is bounded, and a caller always learns what became of its work. */
final class SqliteThreadsTest {
  private static final long SECONDS_MAX = 30;

  private final AtomicInteger opened = new AtomicInteger();

  private Handle open() {
    opened.incrementAndGet();
    return Jdbi.open("jdbc:sqlite::memory:");
  }

  private SqliteThreads one(int waitingMax) {
    return new SqliteThreads("test", 1, waitingMax, this::open, this);
  }

  @Test
  void run_moreWaitingThanMay_isBusy() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService callers = Executors.newFixedThreadPool(3);
    try (SqliteThreads threads = one(1)) {
      Future<String> running =
          callers.submit(() ->
              threads.run(connection -> {
                started.countDown();
                await(end);
                return "first";
              }));
      await(started);
      // Of the next two one waits and the other finds no room; which is which, nobody says.
      ExecutorCompletionService<String> others = new ExecutorCompletionService<>(callers);
      others.submit(() -> threads.<String>run(connection -> "done"));
      others.submit(() -> threads.<String>run(connection -> "done"));
      assertThatThrownBy(others.take()::get).hasCauseInstanceOf(StoreException.Busy.class);
      assertThat(running).isNotDone();
      end.countDown();
      assertThat(running.get()).isEqualTo("first");
      assertThat(others.take().get()).isEqualTo("done");
    } finally {
      callers.shutdown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IllegalStateException("what was waited for did not come");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void run_usesOneConnectionUntilItIsReplaced() {
    try (SqliteThreads threads = one(1)) {
      threads.run(connection -> connection.handle().execute("CREATE TABLE t (x)"));
      assertThat(
              threads.<Integer>run(
                  connection -> connection.handle().execute("INSERT INTO t VALUES (1)")))
          .isEqualTo(1);
      assertThat(opened).hasValue(1);
      threads.run(connection -> {
        connection.replace();
        return connection.handle();
      });
      assertThat(opened).hasValue(2);
    }
  }

  @Test
  void run_callerIsInterrupted_waitsForTheOutcomeAndStaysInterrupted() {
    try (SqliteThreads threads = one(1)) {
      Thread.currentThread().interrupt();
      assertThat(threads.<String>run(connection -> "done")).isEqualTo("done");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void run_whatFails_comesOutAsItIs() {
    try (SqliteThreads threads = one(1)) {
      IllegalStateException failure = new IllegalStateException("no");
      assertThatThrownBy(() ->
              threads.run(connection -> {
                throw failure;
              }))
          .isSameAs(failure);
      AssertionError error = new AssertionError("no");
      assertThatThrownBy(() ->
              threads.run(connection -> {
                throw error;
              }))
          .isSameAs(error);
    }
  }

  @Test
  void run_afterClose_fails() {
    SqliteThreads threads = one(1);
    threads.close();
    threads.close();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> threads.run(connection -> "late"))
        .withMessageContaining("closed");
  }
}
