package io.bitting.jdbc;

import io.bitting.id.KeyId;
import io.bitting.usage.Origin;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Which last uses this node wrote, each as a hash of 64 bits: while a key is in use, a harvest says
 * of most secrets what the one before said of the same minute, and to write it again would change
 * nothing. Of two secrets that fall on one place the later one is kept.
 *
 * <p>Thread-safe. Half a megabyte.
 */
final class WrittenUses {
  private static final int PLACES = 1 << 16;

  private final AtomicLongArray hashes = new AtomicLongArray(PLACES);

  /** A last use: of a secret, within a minute or never, from somewhere. */
  record LastUse(KeyId key, int secret, @Nullable Integer minute, Origin origin) {
    private long place() {
      return mixed(mixed(key.high()) ^ ((long) key.low() << Integer.SIZE | secret));
    }

    private long hash() {
      long when = mixed(place() ^ (minute == null ? -1 : minute));
      long where =
          (long) origin.source().hashCode() << Integer.SIZE
              | (origin.userAgent().hashCode() & 0xFFFFFFFFL);
      return mixed(when ^ where);
    }

    private static long mixed(long bits) {
      long mixed = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
      return mixed ^ (mixed >>> 29);
    }
  }

  boolean has(LastUse use) {
    return hashes.get(at(use)) == use.hash();
  }

  /** Takes note of one that was committed. */
  void add(LastUse use) {
    hashes.set(at(use), use.hash());
  }

  private static int at(LastUse use) {
    return (int) (use.place() >>> 40) & (PLACES - 1);
  }
}
