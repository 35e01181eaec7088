package io.bitting.server.signin;

import io.bitting.id.PersonId;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Counts refused attempts to sign in, and tells the audit of each person's organizations once a
 * minute: who guesses cannot make the audit grow faster than that. What was counted and not told is
 * lost with the process.
 *
 * <p>Thread-safe. Takes a bounded amount of memory: of more than 10,000 persons a minute the rest
 * is not told.
 */
public final class RefusedSignIns implements Chore {
  private static final int PERSONS_MAX = 10_000;

  private final Store store;
  private Map<PersonId, Count> counts = new HashMap<>();

  /** How many, and where the last came from. */
  private record Count(long number, String source) {}

  /**
   * Begins with nothing counted.
   *
   * @param store has the audit
   */
  public RefusedSignIns(Store store) {
    this.store = store;
  }

  /** Counts one. */
  synchronized void note(PersonId person, String source) {
    if (counts.size() < PERSONS_MAX || counts.containsKey(person)) {
      counts.merge(
          person, new Count(1, source), (before, one) -> new Count(before.number() + 1, source));
    }
  }

  @Override
  public String name() {
    return "refused-sign-ins";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(Instant now) {
    for (Entry<PersonId, Count> each : taken()) {
      store.write(writer -> {
        PersonEvents.tell(
            writer,
            each.getKey(),
            name(),
            each.getValue().source(),
            "signin.refused",
            List.of(PersonEvents.change("attempts", String.valueOf(each.getValue().number()))));
        return now;
      });
    }
  }

  private synchronized List<Entry<PersonId, Count>> taken() {
    List<Entry<PersonId, Count>> all = new ArrayList<>(counts.entrySet());
    counts = new HashMap<>();
    return all;
  }
}
