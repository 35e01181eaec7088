package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Row T1 of the threats: the comparison of digests takes the same time wherever they differ.
 *
 * <p>After dudect: a million samples of two classes in random order, one of digests that differ in
 * their first byte, one of digests that differ in their last; the slowest tenth is noise of the
 * machine and cut off; Welch's t-test tells whether the classes differ. A leak shows in every
 * measurement, noise does not: so the comparison passes when one of five measurements is below the
 * bound, and the control has to exceed it in each.
 */
final class SecretDigestTimingTest {
  private static final int SAMPLES = 1_000_000;

  /** What leaks shows much sooner. */
  private static final int SAMPLES_OF_CONTROL = 100_000;

  private static final int PAIRS = 32;
  private static final int MEASUREMENTS = 5;
  private static final int CONTROLS = 3;
  private static final double LEAK_ABOVE = 5;
  private static final double CONTROL_ABOVE = 10;

  /** Compares the pairs of a class, and returns how many of them are equal. */
  private interface Comparison {
    int equalPairs(SecretDigest[] stored, byte[][] presented);
  }

  @Test
  void matches_differenceInTheFirstByteOrInTheLast_takesTheSameTime() {
    double smallest = Double.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS && smallest >= LEAK_ABOVE; i++) {
      smallest = Math.min(smallest, Math.abs(measure(SecretDigestTimingTest::matches, SAMPLES, i)));
    }
    assertThat(smallest).isLessThan(LEAK_ABOVE);
  }

  /** The control: a comparison that ends at the first difference is found out each time. */
  @Test
  void earlyExit_differenceInTheFirstByteOrInTheLast_isFoundOut() {
    for (int i = 0; i < CONTROLS; i++) {
      assertThat(Math.abs(measure(SecretDigestTimingTest::earlyExit, SAMPLES_OF_CONTROL, i)))
          .isGreaterThan(CONTROL_ABOVE);
    }
  }

  private static int matches(SecretDigest[] stored, byte[][] presented) {
    int equal = 0;
    for (int i = 0; i < PAIRS; i++) {
      if (SecretDigestTest.matches(stored[i], presented[i])) {
        equal++;
      }
    }
    return equal;
  }

  private static int earlyExit(SecretDigest[] stored, byte[][] presented) {
    int equal = 0;
    for (int i = 0; i < PAIRS; i++) {
      if (sameBytes(stored[i].toBytes(), presented[i])) {
        equal++;
      }
    }
    return equal;
  }

  private static boolean sameBytes(byte[] some, byte[] others) {
    for (int i = 0; i < some.length; i++) {
      if (some[i] != others[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns Welch's t of the two classes. */
  private static double measure(Comparison comparison, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SecretDigest[] stored = new SecretDigest[PAIRS];
    byte[][] early = new byte[PAIRS][];
    byte[][] late = new byte[PAIRS][];
    // Where an array lies, and that it was read just now, takes its time too: both classes are
    // presented in the same arrays, into which both are read each time.
    byte[][] presented = new byte[PAIRS][SecretDigest.LENGTH];
    for (int i = 0; i < PAIRS; i++) {
      byte[] bytes = new byte[SecretDigest.LENGTH];
      random.nextBytes(bytes);
      stored[i] = SecretDigest.of(bytes);
      early[i] = changed(bytes, 0);
      late[i] = changed(bytes, SecretDigest.LENGTH - 1);
    }

    int[] nanos = new int[samples];
    boolean[] isLate = new boolean[samples];
    int equal = 0;
    for (int warmUp = 0; warmUp < 20_000; warmUp++) {
      choose(warmUp % 2 == 0, early, late, presented);
      equal += comparison.equalPairs(stored, presented);
    }
    for (int i = 0; i < samples; i++) {
      isLate[i] = random.nextBoolean();
      choose(isLate[i], early, late, presented);
      long began = System.nanoTime();
      equal += comparison.equalPairs(stored, presented);
      nanos[i] = (int) Math.min(System.nanoTime() - began, Integer.MAX_VALUE);
    }
    assertThat(equal).isZero();
    return welch(nanos, isLate, cut(nanos));
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private static void choose(boolean isLate, byte[][] early, byte[][] late, byte[][] chosen) {
    int mask = isLate ? -1 : 0;
    for (int i = 0; i < PAIRS; i++) {
      for (int at = 0; at < SecretDigest.LENGTH; at++) {
        chosen[i][at] = (byte) ((late[i][at] & mask) | (early[i][at] & ~mask));
      }
    }
  }

  private static int cut(int[] nanos) {
    int[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * 9 / 10];
  }

  private static double welch(int[] nanos, boolean[] isLate, int cut) {
    double[] count = new double[2];
    double[] mean = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < nanos.length; i++) {
      if (nanos[i] <= cut) {
        int side = isLate[i] ? 1 : 0;
        count[side]++;
        double before = nanos[i] - mean[side];
        mean[side] += before / count[side];
        squares[side] += before * (nanos[i] - mean[side]);
      }
    }
    double first = squares[0] / (count[0] - 1) / count[0];
    double second = squares[1] / (count[1] - 1) / count[1];
    return (mean[1] - mean[0]) / Math.sqrt(first + second);
  }
}
