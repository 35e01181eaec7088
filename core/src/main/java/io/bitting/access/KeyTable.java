package io.bitting.access;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of keys with open addressing: one writer, any number of readers that never wait.
 *
 * <p>A reader sees each key either as it was or as it is, never a mixture, since entries are
 * immutable and replaced by one write. The slot of a key that is removed stays taken until the next
 * growth.
 */
final class KeyTable {
  private static final int SMALLEST = 16;
  private static final int FREE = 0;

  private volatile Slots slots;
  private int used;
  private int size;

  /**
   * Slots with a tag each: bits of the hash of the id, by which a reader passes over other keys
   * without a visit to them, which would cost as much as all the rest of a look-up. A tag is
   * written after its slot's first key, and once.
   */
  private record Slots(AtomicIntegerArray tags, AtomicReferenceArray<@Nullable IndexedKey> keys) {
    static Slots of(int capacity) {
      return new Slots(new AtomicIntegerArray(capacity), new AtomicReferenceArray<>(capacity));
    }

    int capacity() {
      return keys.length();
    }

    /** Returns the slot that has an id, else the free one where it belongs. */
    int find(long high, int low) {
      long hash = hash(high, low);
      int tag = tag(hash);
      int mask = capacity() - 1;
      int at = (int) hash & mask;
      while (true) {
        int found = tags.get(at);
        if (found == FREE) {
          return at;
        }
        if (found == tag) {
          IndexedKey key = keys.get(at);
          if (key != null && key.hasId(high, low)) {
            return at;
          }
        }
        at = (at + 1) & mask;
      }
    }
  }

  /** Makes a table with room for some keys before it must grow. */
  KeyTable(int expected) {
    int capacity = SMALLEST;
    while (capacity * 2L < expected * 3L) {
      capacity <<= 1;
    }
    slots = Slots.of(capacity);
  }

  int size() {
    return size;
  }

  /** Finds a key. Wait-free; allocates nothing. */
  @Nullable IndexedKey find(long high, int low) {
    Slots current = slots;
    IndexedKey key = current.keys.get(current.find(high, low));
    // A slot that was free may have been taken meanwhile.
    return key != null && key.hasId(high, low) ? key : null;
  }

  /** Adds a key or replaces the one of its id. By the writer only. */
  void put(IndexedKey key) {
    if ((used + 1) * 3L > slots.capacity() * 2L) {
      grow();
    }
    Slots current = slots;
    int at = current.find(key.idHigh, key.idLow);
    current.keys.set(at, key);
    if (current.tags.get(at) == FREE) {
      current.tags.set(at, tag(hash(key.idHigh, key.idLow)));
      used++;
      size++;
    }
  }

  /** Removes a key if it is there. By the writer only. */
  void remove(long high, int low) {
    Slots current = slots;
    int at = current.find(high, low);
    if (current.tags.get(at) != FREE) {
      current.keys.set(at, null);
      size--;
    }
  }

  private void grow() {
    Slots old = slots;
    // Slots of removed keys count as used, so a table of mostly such is rebuilt at its size.
    Slots next = Slots.of(size * 3L > old.capacity() ? old.capacity() * 2 : old.capacity());
    for (int i = 0; i < old.capacity(); i++) {
      IndexedKey key = old.keys.get(i);
      if (key != null) {
        int at = next.find(key.idHigh, key.idLow);
        next.keys.setPlain(at, key);
        next.tags.setPlain(at, old.tags.get(i));
      }
    }
    used = size;
    slots = next;
  }

  private static long hash(long high, int low) {
    long mixed = (high * 0x9E3779B97F4A7C15L) ^ (low * 0xC2B2AE3D27D4EB4FL);
    mixed ^= mixed >>> 32;
    return mixed ^ (mixed >>> 15);
  }

  /** Other bits than those that choose the slot, and never {@link #FREE}. */
  private static int tag(long hash) {
    return (int) (hash >>> 32) | 1;
  }
}
