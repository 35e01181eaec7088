package io.bitting.usage;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.VerifiedKey;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of counts with open addressing, at most half full: any number of threads count, and
 * none waits. Taking counts out may go on beside: a count is taken once, whatever happens
 * meanwhile, and one that comes too late is told so.
 */
final class CountTable {
  private static final int MINUTES_OF_HOUR = 60;
  final Demands demands = new Demands();
  private final int entriesMax;
  private final AtomicReferenceArray<@Nullable Cell> cells;
  private final AtomicInteger room;

  CountTable(int entriesMax) {
    this.entriesMax = entriesMax;
    int capacity = Integer.highestOneBit(Math.max(entriesMax, 1) * 2 - 1) << 1;
    this.cells = new AtomicReferenceArray<>(capacity);
    this.room = new AtomicInteger(entriesMax);
  }

  /** What became of a check. */
  enum Outcome {
    COUNTED,
    /** There is no room. */
    LOST,
    /** The counts are being taken out. */
    LATE
  }

  /** One count. What says where a check came from is of one of the last checks. */
  private static final class Cell {
    private static final VarHandle COUNT;
    private static final VarHandle LAST;

    static {
      try {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        COUNT = lookup.findVarHandle(Cell.class, "count", long.class);
        LAST = lookup.findVarHandle(Cell.class, "last", int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    // The key's number is here and not behind another object, which would be one more to fetch.
    private final long keyHigh;
    private final int keyLow;
    private final OrganizationId organization;
    private final int secret;
    private final @Nullable DenialReason denial;
    private final Demands.Entry demand;
    private final int first;

    @SuppressWarnings("UnusedVariable") // Used by its handle.
    private volatile long count;

    private volatile int last;
    private volatile Origin origin;

    Cell(
        VerifiedKey key,
        @Nullable DenialReason denial,
        Demands.Entry demand,
        int minute,
        Origin origin) {
      this.keyHigh = key.id().high();
      this.keyLow = key.id().low();
      this.organization = key.organization();
      this.secret = key.secret();
      this.denial = denial;
      this.demand = demand;
      this.first = minute;
      this.last = minute;
      this.origin = origin;
    }

    boolean is(
        KeyId wanted, int ofSecret, @Nullable DenialReason reason, Demands.Entry asked, int hour) {
      return keyHigh == wanted.high()
          && keyLow == wanted.low()
          && demand == asked
          && denial == reason
          && secret == ofSecret
          && first / MINUTES_OF_HOUR == hour;
    }

    /** Counts; tells whether it was in time. */
    @SuppressWarnings("ReferenceEquality") // Of one origin there is one object, or all but.
    boolean add(int minute, Origin from) {
      // Written only if they are others: a write takes the cell away from every other thread.
      int known = last;
      while (known < minute) {
        int witness = (int) LAST.compareAndExchange(this, known, minute);
        known = witness == known ? minute : witness;
      }
      if (origin != from) {
        origin = from;
      }
      return (long) COUNT.getAndAdd(this, 1L) >= 0;
    }

    /** Takes the count, for ever. */
    long take() {
      return (long) COUNT.getAndSet(this, Long.MIN_VALUE);
    }

    Counted counted(long number) {
      return new Counted(
          new KeyId(keyHigh, keyLow),
          organization,
          secret,
          demand.demand,
          Optional.ofNullable(denial),
          UsageCounter.time(first),
          UsageCounter.time(last),
          number,
          origin.printable());
    }
  }

  /** Counts a check. */
  Outcome count(
      VerifiedKey key, Demands.Entry demand, Decision decision, int minute, Origin origin) {
    KeyId id = key.id();
    int secret = key.secret();
    DenialReason reason = decision instanceof Decision.Denied denied ? denied.reason() : null;
    int hour = minute / MINUTES_OF_HOUR;
    int mask = cells.length() - 1;
    int at = hash(id, secret, reason != null, demand, hour) & mask;
    Cell added = null;
    while (true) {
      Cell found = cells.getAcquire(at);
      if (found == null) {
        if (added == null) {
          if (room.getAndDecrement() <= 0) {
            room.getAndIncrement();
            return Outcome.LOST;
          }
          added = new Cell(key, reason, demand, minute, origin);
        }
        found = cells.compareAndExchange(at, null, added);
        if (found == null) {
          return added.add(minute, origin) ? Outcome.COUNTED : Outcome.LATE;
        }
      }
      if (found.is(id, secret, reason, demand, hour)) {
        if (added != null) {
          room.getAndIncrement();
        }
        return found.add(minute, origin) ? Outcome.COUNTED : Outcome.LATE;
      }
      at = (at + 1) & mask;
    }
  }

  private static int hash(KeyId key, int secret, boolean denied, Demands.Entry demand, int hour) {
    long mixed = key.high() * 0x9E3779B97F4A7C15L ^ key.low() * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed ^ (mixed >>> 32)) + demand.hash;
    mixed = (mixed * 31 + secret) * 31 + (denied ? 1 : 0);
    mixed = (mixed * 31 + hour) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 33);
  }

  /** Takes the counts out. */
  void takeTo(List<Counted> counted) {
    if (room.get() < entriesMax) {
      for (int at = 0; at < cells.length(); at++) {
        Cell cell = cells.getPlain(at) == null ? null : cells.getAndSet(at, null);
        if (cell != null) {
          room.getAndIncrement();
          long count = cell.take();
          if (count > 0) {
            counted.add(cell.counted(count));
          }
        }
      }
    }
    demands.clear();
  }
}
