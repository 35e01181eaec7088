package io.bitting.server.signin;

import io.bitting.member.SignIn;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Store;
import java.time.Duration;
import java.time.Instant;

/** Removes sign-ins that are over because nobody used them. */
public final class RemoveOldSignIns implements Chore {
  /** So that no transaction takes long. */
  private static final int AT_A_TIME = 500;

  private final Store store;

  /**
   * Makes it.
   *
   * @param store what is changed
   */
  public RemoveOldSignIns(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "old-sign-ins";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    Instant before = now.minus(SignIn.IDLE_MAX);
    int removed;
    do {
      removed =
          store.write(writer -> writer.credentials().removeSignIns(before, AT_A_TIME)).result();
    } while (removed == AT_A_TIME);
  }
}
