package io.bitting.jdbc;

import io.bitting.store.StoreException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads with a connection each, behind a queue of bounded length. The caller waits, and
 * may be a virtual thread.
 */
final class SqliteThreads implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Set<ConnectedThread> started = ConcurrentHashMap.newKeySet();
  private final String name;
  private final Object database;

  /**
   * Makes them; a thread starts when it is needed.
   *
   * @param name what they are called
   * @param count how many there are
   * @param waitingMax how many tasks wait for one at most
   * @param opener connects a thread
   * @param database within whose transactions no other of its own may begin
   */
  SqliteThreads(String name, int count, int waitingMax, Supplier<Handle> opener, Object database) {
    this.name = name;
    this.database = database;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waitingMax),
            task -> started(new ConnectedThread(task, name, opener, database)));
  }

  private ConnectedThread started(ConnectedThread thread) {
    // A thread that a broken task has ended is replaced; what is over need not be remembered.
    started.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    started.add(thread);
    return thread;
  }

  /** A thread's connection, opened at its first use. */
  static final class OwnConnection {
    private final Supplier<Handle> opener;
    private @Nullable Handle handle;

    private OwnConnection(Supplier<Handle> opener) {
      this.opener = opener;
    }

    Handle handle() {
      Handle open = handle;
      if (open == null) {
        open = opener.get();
        handle = open;
      }
      return open;
    }

    /** Lets the connection go; the next use opens another. */
    void replace() {
      Handle old = handle;
      handle = null;
      if (old != null) {
        try {
          old.close();
        } catch (RuntimeException e) {
          // It is given up because it no longer works; that it cannot be closed either changes
          // nothing.
        }
      }
    }
  }

  private static final class ConnectedThread extends Thread {
    private final OwnConnection connection;
    private final Object database;

    ConnectedThread(Runnable task, String name, Supplier<Handle> opener, Object database) {
      super(task, name);
      this.database = database;
      setDaemon(true);
      connection = new OwnConnection(opener);
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        connection.replace();
      }
    }
  }

  /**
   * Runs work on one of the threads and waits for it, even if the caller is interrupted meanwhile:
   * only the end of the work tells whether anything was changed.
   */
  <R> R run(Function<OwnConnection, R> work) {
    if (Thread.currentThread() instanceof ConnectedThread own && own.database.equals(database)) {
      throw new IllegalStateException(
          "a transaction is running on this thread; transactions do not nest");
    }
    CompletableFuture<R> result = new CompletableFuture<>();
    try {
      threads.execute(() -> {
        try {
          result.complete(work.apply(((ConnectedThread) Thread.currentThread()).connection));
        } catch (Throwable e) {
          result.completeExceptionally(e);
        }
      });
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown()
          ? new StoreException("the database is closed", e)
          : new StoreException.Busy("as many transactions wait for " + name + " as may", e);
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      throw asUnchecked(e.getCause() == null ? e : e.getCause());
    }
  }

  private static RuntimeException asUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  /** Ends the threads and closes their connections, once what was begun has ended. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    for (ConnectedThread thread : started) {
      // Joined rather than awaited in the pool, which is done before a thread has closed its
      // connection.
      interrupted |= joinWhateverComes(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joinWhateverComes(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
