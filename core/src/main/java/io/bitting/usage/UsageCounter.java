package io.bitting.usage;

import io.bitting.access.Decision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts checks in memory, for a ledger that takes the counts from time to time.
 *
 * <p>Only checks of a key whose whole secret was presented are counted: of others nobody can say
 * whose they are.
 *
 * <p>Thread-safe: any number of threads count without waiting, and one at a time empties. Counting
 * touches no disk, no network and no lock, and allocates something only for what was not counted
 * before since the counter was last emptied. Memory is bounded: of more than {@value #ENTRIES_MAX}
 * different combinations of key, secret, requirement, operation, outcome and hour, or {@value
 * Demands#COUNT_MAX} different requirements and operations, what does not fit is counted as lost.
 */
public final class UsageCounter {
  /** The greatest number of combinations between two harvests. */
  public static final int ENTRIES_MAX = 65_536;

  private final int entriesMax;
  private final Origins origins = new Origins();
  private volatile CountTable current;

  private final LongAdder lost = new LongAdder();
  private volatile int lostFrom = Integer.MAX_VALUE;
  private volatile int lostUntil;
  private long lostBefore;

  /** Makes an empty counter. */
  public UsageCounter() {
    this(ENTRIES_MAX);
  }

  /**
   * Makes an empty counter of another size.
   *
   * @param entriesMax how many combinations it counts between two harvests
   */
  UsageCounter(int entriesMax) {
    this.entriesMax = entriesMax;
    this.current = new CountTable(entriesMax);
  }

  /**
   * Counts a check of a requirement that somebody gave.
   *
   * @param decision what came of it
   * @param api the API that was called
   * @param requirement what was required
   * @param from where the request came from, as this counter knows it
   * @param atMillis when the check was made, in milliseconds since 1970 UTC
   * @return what was asked, the same object for the same until the next harvest; null if the check
   *     was not counted
   */
  public @Nullable Demand count(
      Decision decision, ApiId api, Requirement requirement, KnownOrigin from, long atMillis) {
    return countAny(decision, api, requirement, from, atMillis);
  }

  /**
   * Counts a check of an operation.
   *
   * @param decision what came of it
   * @param api the API that was called
   * @param operation the operation; to be the same object each time, or it takes more room
   * @param from where the request came from, as this counter knows it
   * @param atMillis when the check was made, in milliseconds since 1970 UTC
   * @return what was asked, the same object for the same until the next harvest; null if the check
   *     was not counted
   */
  public @Nullable Demand count(
      Decision decision, ApiId api, Operation operation, KnownOrigin from, long atMillis) {
    return countAny(decision, api, operation, from, atMillis);
  }

  /**
   * Counts a check of something that is fixed.
   *
   * @param decision what came of it
   * @param demand what was asked; to be the same object each time, or it takes more room
   * @param from where the request came from, as this counter knows it
   * @param atMillis when the check was made, in milliseconds since 1970 UTC
   * @return what was asked, the same object for the same until the next harvest; null if the check
   *     was not counted
   */
  public @Nullable Demand count(Decision decision, Demand demand, KnownOrigin from, long atMillis) {
    return countAny(decision, demand.api(), demand, from, atMillis);
  }

  /**
   * Returns the one object that stands for an origin and all that are equal to it, to be looked for
   * once a check. Of thousands that come in turn, one may be another object now and then.
   *
   * @param origin where a request came from
   */
  public KnownOrigin known(Origin origin) {
    return origins.known(origin);
  }

  private @Nullable Demand countAny(
      Decision decision, ApiId api, Object asked, KnownOrigin from, long atMillis) {
    VerifiedKey key = key(decision);
    if (key == null) {
      return null;
    }
    int minute = (int) (atMillis / 60_000);
    while (true) {
      CountTable table = current;
      Demands.Entry entry = table.demands.of(api, asked);
      CountTable.Outcome outcome =
          entry == null ? CountTable.Outcome.LOST : table.count(key, entry, decision, minute, from);
      if (entry == null || outcome == CountTable.Outcome.LOST) {
        lose(minute);
        return null;
      }
      if (outcome == CountTable.Outcome.COUNTED) {
        return entry.demand;
      }
    }
  }

  private static @Nullable VerifiedKey key(Decision decision) {
    return decision instanceof Decision.Allowed allowed
        ? allowed.key()
        : ((Decision.Denied) decision).key();
  }

  private void lose(int minute) {
    // Racing threads lose checks within the same minute, or all but.
    if (minute < lostFrom) {
      lostFrom = minute;
    }
    if (minute > lostUntil) {
      lostUntil = minute;
    }
    lost.increment();
  }

  /**
   * Takes what was counted, and goes on counting from nothing. A check that is under way meanwhile
   * is in this harvest or the next. Costs a time that grows with the size of the counter.
   */
  public synchronized Harvest harvest() {
    List<Counted> counted = new ArrayList<>();
    CountTable full = current;
    if (!full.isUntouched()) {
      // Another one: in one that is used again, who still counts could count for somebody else.
      current = new CountTable(entriesMax);
      full.takeTo(counted);
    }
    return new Harvest(counted, takeLost());
  }

  private Optional<Harvest.Lost> takeLost() {
    long all = lost.sum();
    if (all == lostBefore) {
      return Optional.empty();
    }
    Harvest.Lost taken =
        new Harvest.Lost(all - lostBefore, time(Math.min(lostFrom, lostUntil)), time(lostUntil));
    lostBefore = all;
    lostFrom = Integer.MAX_VALUE;
    return Optional.of(taken);
  }

  static Instant time(int minute) {
    return Instant.ofEpochSecond(minute * 60L);
  }
}
