package io.bitting.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does something several times at the same moment. */
public final class Race {
  private Race() {}

  /** Runs it in as many threads as said, which begin together; returns what each returned. */
  public static <R> List<R> of(int runners, IntFunction<R> run) {
    CyclicBarrier line = new CyclicBarrier(runners);
    try (ExecutorService threads = Executors.newFixedThreadPool(runners)) {
      List<Future<R>> futures = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        int runner = i;
        futures.add(
            threads.submit(() -> {
              line.await();
              return run.apply(runner);
            }));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
