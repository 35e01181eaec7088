package io.bitting.testing;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Random numbers that are the same in each run, where the code wants a {@link SecureRandom}. */
public final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom random;

  /** Makes a generator that depends on the seed only. */
  public SeededRandom(long seed) {
    super(new byte[8]);
    random = new SplittableRandom(seed);
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
