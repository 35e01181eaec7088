package io.bitting.server.acting;

import io.bitting.server.upkeep.Chore;
import io.bitting.store.Store;
import java.time.Duration;
import java.time.Instant;

/** Removes the answers to named requests that are not given again any more. */
public final class ForgetFirstAnswers implements Chore {
  /** So that no transaction takes long. */
  private static final int AT_A_TIME = 500;

  private final Store store;

  /**
   * Makes it.
   *
   * @param store what is changed
   */
  public ForgetFirstAnswers(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "first-answers";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    int removed;
    do {
      removed = store.write(writer -> writer.removeFirstAnswers(now, AT_A_TIME)).result();
    } while (removed == AT_A_TIME);
  }
}
