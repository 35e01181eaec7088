package io.bitting.usage;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.VerifiedKey;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of counts with open addressing, at most half full: any number of threads count, and
 * none waits. The counts are taken out once, and then the table is of no more use: whoever still
 * counts is told to do so elsewhere.
 *
 * <p>Keys come in any order, so that what a check costs here is fetching the count from memory.
 * Therefore a count is four numbers that lie side by side, 32 bytes, and neither refers to another
 * object nor is one that a collector would move.
 */
final class CountTable {
  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int WORDS_OF_SLOT = 4;

  /** Moves slots to multiples of their size, behind the 16 bytes that an array begins with. */
  private static final int WORDS_BEFORE = 2;

  /** The word that says how often; or that the slot is free, being filled, or taken out. */
  private static final int COUNT = 0;

  /** The word that has {@link KeyId#high()}. */
  private static final int KEY = 1;

  /** The word of secret, reason of a denial, {@link KeyId#low()} and demand. */
  private static final int KIND = 2;

  /** The word of first minute, last minute within its hour, and origin; it changes. */
  private static final int SEEN = 3;

  private static final long FREE = 0;
  private static final long BEING_FILLED = 1L << 62;
  private static final long TAKEN_OUT = Long.MIN_VALUE;

  private static final DenialReason[] REASONS = DenialReason.values();
  private static final int REASON_SHIFT = 26;
  private static final int REASON_BITS = 6;
  private static final int KEY_LOW_SHIFT = 14;
  private static final int KEY_LOW_BITS = 12;
  private static final int FIRST_SHIFT = 32;
  private static final int LAST_SHIFT = Origins.NUMBER_BITS;
  private static final int LAST_BITS = 6;
  private static final int MINUTES_OF_HOUR = 60;

  /** So many slots have their objects in one part; the collector moves no larger arrays. */
  private static final int SLOTS_OF_PART = 8_192;

  final Demands demands = new Demands();
  private final int entriesMax;
  private final AtomicInteger room;
  private final int slots;

  /** Empty once the counts are out: who is left over keeps no memory. */
  private volatile long[] words;

  /** Emptied after the words, so that it is to be read before them. */
  private volatile Part[] parts;

  /**
   * What only whoever takes out asks for, slot by slot. Written before the count that makes a slot
   * known; an origin later too, each being immutable.
   */
  private static final class Part {
    final @Nullable OrganizationId[] organizations;
    final @Nullable Origin[] origins;

    Part(int size) {
      organizations = new OrganizationId[size];
      origins = new Origin[size];
    }
  }

  CountTable(int entriesMax) {
    this.entriesMax = entriesMax;
    this.room = new AtomicInteger(entriesMax);
    this.slots = Integer.highestOneBit(Math.max(entriesMax, 1) * 2 - 1) << 1;
    this.words = new long[WORDS_BEFORE + slots * WORDS_OF_SLOT];
    Part[] all = new Part[(slots + SLOTS_OF_PART - 1) / SLOTS_OF_PART];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Part(Math.min(slots, SLOTS_OF_PART));
    }
    this.parts = all;
  }

  /** What became of a check. */
  enum Outcome {
    COUNTED,
    /** There is no room. */
    LOST,
    /** The counts were taken out. */
    LATE
  }

  /** Tells whether nothing was counted, or lost. */
  boolean isUntouched() {
    return room.get() == entriesMax && demands.isEmpty();
  }

  /** Counts a check. */
  Outcome count(
      VerifiedKey key, Demands.Entry demand, Decision decision, int minute, KnownOrigin origin) {
    KeyId id = key.id();
    long high = id.high();
    long kind = kind(id.low(), key.secret(), reason(decision), demand.number);
    int hour = minute / MINUTES_OF_HOUR;
    int mask = slots - 1;
    int slot = hash(high, kind, hour) & mask;
    boolean hasRoom = false;
    Part[] parts = this.parts;
    long[] words = this.words;
    if (words.length == 0) {
      return Outcome.LATE;
    }
    while (true) {
      int at = WORDS_BEFORE + slot * WORDS_OF_SLOT;
      long count = (long) WORDS.getAcquire(words, at + COUNT);
      if (count == FREE) {
        if (!hasRoom && !takeRoom()) {
          return Outcome.LOST;
        }
        hasRoom = true;
        if (WORDS.compareAndSet(words, at + COUNT, FREE, BEING_FILLED)) {
          words[at + KEY] = high;
          words[at + KIND] = kind;
          words[at + SEEN] = seen(minute, minute, origin.number());
          Part part = parts[slot / SLOTS_OF_PART];
          part.organizations[slot % SLOTS_OF_PART] = key.organization();
          part.origins[slot % SLOTS_OF_PART] = origin.origin();
          return WORDS.compareAndSet(words, at + COUNT, BEING_FILLED, 1L)
              ? Outcome.COUNTED
              : Outcome.LATE;
        }
        // Somebody else has it by now.
        continue;
      }
      if (count < 0) {
        return Outcome.LATE;
      }
      // One that is being filled may be this one: then it is counted in two slots.
      if (count != BEING_FILLED
          && words[at + KEY] == high
          && words[at + KIND] == kind
          && first((long) WORDS.getOpaque(words, at + SEEN)) / MINUTES_OF_HOUR == hour) {
        if (hasRoom) {
          room.getAndIncrement();
        }
        see(words, parts, slot, minute, origin);
        return (long) WORDS.getAndAdd(words, at + COUNT, 1L) >= 0 ? Outcome.COUNTED : Outcome.LATE;
      }
      slot = (slot + 1) & mask;
    }
  }

  private boolean takeRoom() {
    if (room.getAndDecrement() > 0) {
      return true;
    }
    room.getAndIncrement();
    return false;
  }

  /** Notes when and from where a check of a slot came. */
  private static void see(long[] words, Part[] parts, int slot, int minute, KnownOrigin origin) {
    int at = WORDS_BEFORE + slot * WORDS_OF_SLOT + SEEN;
    long seen = (long) WORDS.getOpaque(words, at);
    while (true) {
      int last = Math.max(last(seen), minute);
      long next = seen(first(seen), last, origin.number());
      // Written only if it changes: a write takes the slot away from every other thread.
      if (next == seen) {
        return;
      }
      long witness = (long) WORDS.compareAndExchange(words, at, seen, next);
      if (witness == seen) {
        if (origin(seen) != origin.number()) {
          parts[slot / SLOTS_OF_PART].origins[slot % SLOTS_OF_PART] = origin.origin();
        }
        return;
      }
      seen = witness;
    }
  }

  @SuppressWarnings("EnumOrdinal") // Outlives no process.
  private static int reason(Decision decision) {
    return decision instanceof Decision.Denied denied ? denied.reason().ordinal() + 1 : 0;
  }

  private static long kind(int keyLow, int secret, int reason, int demand) {
    return (long) secret << Integer.SIZE
        | (long) reason << REASON_SHIFT
        | (long) keyLow << KEY_LOW_SHIFT
        | demand;
  }

  private static int bits(long word, int shift, int count) {
    return (int) (word >>> shift) & ((1 << count) - 1);
  }

  private static long seen(int first, int last, int origin) {
    return (long) first << FIRST_SHIFT | (long) (last % MINUTES_OF_HOUR) << LAST_SHIFT | origin;
  }

  private static int first(long seen) {
    return (int) (seen >>> FIRST_SHIFT);
  }

  private static int last(long seen) {
    int first = first(seen);
    return first - first % MINUTES_OF_HOUR + bits(seen, LAST_SHIFT, LAST_BITS);
  }

  private static int origin(long seen) {
    return bits(seen, 0, Origins.NUMBER_BITS);
  }

  private static int hash(long high, long kind, int hour) {
    long mixed = high * 0x9E3779B97F4A7C15L ^ kind * 0xC2B2AE3D27D4EB4FL;
    mixed = ((mixed ^ (mixed >>> 32)) * 31 + hour) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 33);
  }

  /** Takes the counts out, once. */
  void takeTo(List<Counted> counted) {
    Part[] parts = this.parts;
    long[] words = this.words;
    for (int slot = 0; slot < slots; slot++) {
      int at = WORDS_BEFORE + slot * WORDS_OF_SLOT;
      // Free slots too: nobody is to begin a count that nobody takes out.
      long count = (long) WORDS.getAndSet(words, at + COUNT, TAKEN_OUT);
      if (count > 0 && count != BEING_FILLED) {
        Part part = parts[slot / SLOTS_OF_PART];
        counted.add(
            counted(
                count,
                words[at + KEY],
                words[at + KIND],
                (long) WORDS.getOpaque(words, at + SEEN),
                Objects.requireNonNull(part.organizations[slot % SLOTS_OF_PART]),
                Objects.requireNonNull(part.origins[slot % SLOTS_OF_PART])));
      }
    }
    this.words = new long[0];
    this.parts = new Part[0];
  }

  private Counted counted(
      long count, long keyHigh, long kind, long seen, OrganizationId organization, Origin origin) {
    int reason = bits(kind, REASON_SHIFT, REASON_BITS);
    return new Counted(
        new KeyId(keyHigh, bits(kind, KEY_LOW_SHIFT, KEY_LOW_BITS)),
        organization,
        (int) (kind >>> Integer.SIZE),
        demands.numbered(bits(kind, 0, KEY_LOW_SHIFT)),
        reason == 0 ? Optional.empty() : Optional.of(REASONS[reason - 1]),
        UsageCounter.time(first(seen)),
        UsageCounter.time(last(seen)),
        count,
        origin.printable());
  }
}
