package io.bitting.access;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of keys with open addressing: one writer, any number of readers that never wait.
 *
 * <p>A reader sees each key either as it was or as it is, never a mixture, since entries are
 * immutable and replaced by one write. A key that is removed leaves a mark, which the next growth
 * clears away.
 */
final class KeyTable {
  private static final int SMALLEST = 16;

  /** Stands where a key was. */
  private static final Object GONE = new Object();

  private volatile AtomicReferenceArray<@Nullable Object> table;
  private int used;
  private int size;

  /** Makes a table with room for some keys before it must grow. */
  KeyTable(int expected) {
    int capacity = SMALLEST;
    while (capacity * 2L < expected * 3L) {
      capacity <<= 1;
    }
    table = new AtomicReferenceArray<>(capacity);
  }

  int size() {
    return size;
  }

  /** Finds a key. Wait-free; allocates nothing. */
  @Nullable IndexedKey find(long high, int low) {
    AtomicReferenceArray<@Nullable Object> current = table;
    int mask = current.length() - 1;
    int at = spread(high, low) & mask;
    while (true) {
      Object found = current.get(at);
      if (found == null) {
        return null;
      }
      if (found instanceof IndexedKey key && key.hasId(high, low)) {
        return key;
      }
      at = (at + 1) & mask;
    }
  }

  /** Adds a key or replaces the one of its id. By the writer only. */
  void put(IndexedKey key) {
    if ((used + 1) * 3L > table.length() * 2L) {
      grow();
    }
    AtomicReferenceArray<@Nullable Object> current = table;
    int mask = current.length() - 1;
    int at = spread(key.idHigh, key.idLow) & mask;
    while (true) {
      Object found = current.get(at);
      if (found == null) {
        current.set(at, key);
        used++;
        size++;
        return;
      }
      if (found instanceof IndexedKey old && old.hasId(key.idHigh, key.idLow)) {
        current.set(at, key);
        return;
      }
      at = (at + 1) & mask;
    }
  }

  /** Removes a key if it is there. By the writer only. */
  void remove(long high, int low) {
    AtomicReferenceArray<@Nullable Object> current = table;
    int mask = current.length() - 1;
    int at = spread(high, low) & mask;
    while (true) {
      Object found = current.get(at);
      if (found == null) {
        return;
      }
      if (found instanceof IndexedKey key && key.hasId(high, low)) {
        current.set(at, GONE);
        size--;
        return;
      }
      at = (at + 1) & mask;
    }
  }

  private void grow() {
    AtomicReferenceArray<@Nullable Object> old = table;
    // Marks of removed keys count as used, so a table of mostly marks is rebuilt at its size.
    int capacity = size * 3L > old.length() ? old.length() * 2 : old.length();
    AtomicReferenceArray<@Nullable Object> next = new AtomicReferenceArray<>(capacity);
    int mask = capacity - 1;
    for (int i = 0; i < old.length(); i++) {
      if (old.get(i) instanceof IndexedKey key) {
        int at = spread(key.idHigh, key.idLow) & mask;
        while (next.getPlain(at) != null) {
          at = (at + 1) & mask;
        }
        next.setPlain(at, key);
      }
    }
    used = size;
    table = next;
  }

  private static int spread(long high, int low) {
    long mixed = (high * 0x9E3779B97F4A7C15L) ^ (low * 0xC2B2AE3D27D4EB4FL);
    mixed ^= mixed >>> 32;
    return (int) (mixed ^ (mixed >>> 15));
  }
}
