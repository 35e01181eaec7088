package io.bitting.jdbc;

import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;

/** The store in a database. */
final class JdbcStore implements Store {
  private static final int ATTEMPTS = 4;

  private final Engine engine;
  private final Seals seals;
  private final Clock clock;
  private final SecureRandom random;
  private final Wakening wakening;

  JdbcStore(Engine engine, Seals seals, Clock clock, SecureRandom random, Wakening wakening) {
    this.engine = engine;
    this.seals = seals;
    this.clock = clock;
    this.random = random;
    this.wakening = wakening;
  }

  @Override
  public <R> R read(Function<? super Reader, ? extends R> work) {
    return engine.<R>read(handle -> {
      try (JdbcReader reader = new JdbcReader(handle, seals, engine)) {
        R result = work.apply(reader);
        reader.throwFailure();
        return result;
      }
    });
  }

  @Override
  public <R> Committed<R> write(Function<? super Writer, ? extends R> work) {
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          return writeOnce(work);
        } catch (AskedToRetry e) {
          if (attempt == ATTEMPTS) {
            throw new StoreException.Busy(
                "transactions got in each other's way " + ATTEMPTS + " times", e);
          }
        }
      }
    } finally {
      // Whatever came of it: a commit of which nobody knows may have changed something too.
      wakening.wake();
    }
  }

  private <R> Committed<R> writeOnce(Function<? super Writer, ? extends R> work) {
    return engine.write(handle -> {
      try (JdbcWriter writer = new JdbcWriter(handle, seals, engine, clock, random)) {
        R result = work.apply(writer);
        return writer.finish(result);
      }
    });
  }
}
