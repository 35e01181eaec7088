package io.bitting.benchmarks;

import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands a population to a follower, and afterwards never has a change.
 *
 * <p>Thread-safe as a source has to be.
 */
final class SyntheticSource implements ChangeSource {
  private static final Position POSITION = new Position("synthetic", 1);

  private final Population population;
  private final int keys;
  private final Consumer<Population.Made> witness;
  private final Semaphore awake = new Semaphore(0);

  /** Hands over some keys of a population; the witness is shown each of them. */
  SyntheticSource(Population population, int keys, Consumer<Population.Made> witness) {
    this.population = population;
    this.keys = keys;
    this.witness = witness;
  }

  @Override
  public Position load(Intake intake) {
    population.organizations().forEach(organization -> intake.organization(intact(organization)));
    intake.api(intact(population.api()));
    intake.catalog(intact(population.catalog()));
    for (int i = 0; i < keys; i++) {
      Population.Made made = population.key("key " + i);
      intake.key(intact(new KeyRow(made.key(), List.of(intact(made.secret())))));
      witness.accept(made);
    }
    return POSITION;
  }

  private static <T> Sealed<T> intact(T row) {
    return Sealed.of(row, SealVerdict.INTACT);
  }

  @Override
  public Optional<Position> resume(Position after, Intake intake) {
    return Optional.of(after);
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    boolean woken = awake.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (woken) {
      awake.drainPermits();
    }
  }

  @Override
  public void wake() {
    awake.release();
  }
}
