package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.Base62;
import io.bitting.id.KeyId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Row K7 of the threats: a million secrets by 16 threads, none twice, every digit as likely. */
final class SecretUniquenessTest {
  private static final int THREADS = 16;
  private static final int SECRETS_EACH = 1_000_000 / THREADS;

  /**
   * 61 degrees of freedom: the mean is 61, its deviation 11; a fair position passes this once in
   * 10^9.
   */
  private static final double CHI_SQUARE_MAX = 155;

  @Test
  void mint_aMillionTokens_neverRepeatsAndFavoursNoDigit() throws Exception {
    SecureRandom random = new SecureRandom();
    List<Sample> samples = inParallel(sample -> sample.mint(random));

    long[] digests = new long[THREADS * SECRETS_EACH];
    for (int i = 0; i < THREADS; i++) {
      System.arraycopy(samples.get(i).digests, 0, digests, i * SECRETS_EACH, SECRETS_EACH);
    }
    Arrays.sort(digests);
    for (int i = 1; i < digests.length; i++) {
      assertThat(digests[i]).isNotEqualTo(digests[i - 1]);
    }
    for (double chiSquare : chiSquares(samples)) {
      assertThat(chiSquare).isLessThan(CHI_SQUARE_MAX);
    }
  }

  /** The control: the usual mistake, a byte modulo 62, is found at every position. */
  @Test
  void chiSquare_ofBytesModulo62_exceedsTheBoundEverywhere() throws Exception {
    List<Sample> samples = inParallel(Sample::modulo62);
    for (double chiSquare : chiSquares(samples)) {
      assertThat(chiSquare).isGreaterThan(10 * CHI_SQUARE_MAX);
    }
  }

  private interface Filling {
    void fill(Sample sample);
  }

  private static List<Sample> inParallel(Filling filling) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Sample>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Sample sample = new Sample(i);
        running.add(
            threads.submit(() -> {
              filling.fill(sample);
              return sample;
            }));
      }
      List<Sample> samples = new ArrayList<>();
      for (Future<Sample> each : running) {
        samples.add(each.get());
      }
      return samples;
    } finally {
      threads.shutdownNow();
    }
  }

  private static double[] chiSquares(List<Sample> samples) {
    double expected = (double) THREADS * SECRETS_EACH / 62;
    double[] chiSquares = new double[TokenFormat.SECRET_LENGTH];
    for (int position = 0; position < chiSquares.length; position++) {
      for (int digit = 0; digit < 62; digit++) {
        long count = 0;
        for (Sample sample : samples) {
          count += sample.counts[position][digit];
        }
        chiSquares[position] += (count - expected) * (count - expected) / expected;
      }
    }
    return chiSquares;
  }

  /**
   * What one thread made: how often each digit stood at each position, and a part of each digest.
   */
  private static final class Sample {
    private final SplittableRandom weak;
    private final int[][] counts = new int[TokenFormat.SECRET_LENGTH][62];
    private final long[] digests = new long[SECRETS_EACH];

    Sample(int seed) {
      weak = new SplittableRandom(seed);
    }

    void mint(SecureRandom random) {
      KeyPrefix prefix = new KeyPrefix("bit");
      KeyId id = new KeyId(0, 0);
      for (int i = 0; i < SECRETS_EACH; i++) {
        MintedToken minted = MintedToken.mint(prefix, id, random);
        digests[i] = ByteBuffer.wrap(minted.digest().toBytes()).getLong();
        String token = minted.revealOnce();
        int at = token.length() - TokenFormat.CHECKSUM_LENGTH - TokenFormat.SECRET_LENGTH;
        for (int position = 0; position < TokenFormat.SECRET_LENGTH; position++) {
          counts[position][Base62.value(token.charAt(at + position))]++;
        }
      }
    }

    void modulo62() {
      byte[] bytes = new byte[TokenFormat.SECRET_LENGTH];
      for (int i = 0; i < SECRETS_EACH; i++) {
        weak.nextBytes(bytes);
        for (int position = 0; position < bytes.length; position++) {
          counts[position][(bytes[position] & 0xff) % 62]++;
        }
      }
    }
  }
}
