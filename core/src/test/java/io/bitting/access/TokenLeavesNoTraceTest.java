package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.Base62;
import io.bitting.id.KeyId;
import io.bitting.key.MintedToken;
import io.bitting.key.TokenReader;
import io.bitting.scope.Requirement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows K2 and K3 of the threats: after ten thousand checks by threads that live on, a heap dump has
 * not eight characters in a row of the secret: neither in the readers, nor in what the provider of
 * SHA-256 keeps, nor in the index.
 *
 * <p>The secret is computed, never kept: its character {@code i} is the digit {@code (7 i + 3) mod
 * 62}.
 */
final class TokenLeavesNoTraceTest {
  private static final int SECRET_LENGTH = 32;
  private static final int FOUND_FROM = 8;
  private static final int THREADS = 4;
  private static final int CHECKS_EACH = 2_500;

  @TempDir private Path folder;

  private final SampleInstallation installation = new SampleInstallation();

  @Test
  void heap_afterTenThousandChecks_hasNothingOfTheSecret() throws Exception {
    KeyId id = installation.key(ACME, APPSEC).put().key().id();
    CountDownLatch checked = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    try (LocalSubject subject = new LocalSubject(installation.rows(), new MutableClock()).start()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread =
            new Thread(() -> {
              check(subject.authorizer, id);
              checked.countDown();
              await(end);
            });
        thread.start();
        threads.add(thread);
      }
      await(checked);
      assertThat(occurrences("checked")).isZero();
      end.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** The control: a reader that is not closed is found. */
  @Test
  void heap_withAReaderLeftOpen_hasTheSecret() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        new Thread(() -> {
          readOnly();
          read.countDown();
          await(end);
        });
    thread.start();
    await(read);
    assertThat(occurrences("left-open")).isPositive();
    end.countDown();
    thread.join();
  }

  /** Half of the checks are with the secret of the key, half with an unknown id. */
  private static void check(Authorizer authorizer, KeyId id) {
    for (int i = 0; i < CHECKS_EACH; i++) {
      KeyId presented = i % 2 == 0 ? id : new KeyId(i, 0);
      authorizer.authorize(
          new AccessRequest(token(presented), APPSEC.id(), Requirement.allOf("scans:read")));
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static void readOnly() {
    TokenReader reader = TokenReader.open();
    assertThat(reader.read(token(new KeyId(1, 1)))).isTrue();
  }

  private static String token(KeyId id) {
    return MintedToken.mint(APPSEC.prefix(), id, new Computed()).revealOnce();
  }

  private static int digit(int position) {
    return (7 * position + 3) % 62;
  }

  /** Gives the computed secret. */
  private static final class Computed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) digit(i);
      }
    }
  }

  private int occurrences(String name) throws IOException {
    Path dump = folder.resolve(name + ".hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    try (FileChannel channel = FileChannel.open(dump)) {
      assertThat(channel.size()).isBetween(1_000_000L, (long) Integer.MAX_VALUE);
      MappedByteBuffer heap = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return search(heap, 1) + search(heap, 2);
    } finally {
      Files.delete(dump);
    }
  }

  /**
   * Counts places where eight characters of the secret follow each other at a distance of bytes.
   */
  private static int search(MappedByteBuffer heap, int stride) {
    int found = 0;
    int end = heap.limit() - FOUND_FROM * stride;
    for (int at = 0; at < end; at++) {
      int value = Base62.value(heap.get(at));
      // 7 * 9 = 63, so 9 undoes the multiplication modulo 62.
      int position = value < 0 ? SECRET_LENGTH : Math.floorMod((value - 3) * 9, 62);
      if (position <= SECRET_LENGTH - FOUND_FROM && follows(heap, at, position, stride)) {
        found++;
      }
    }
    return found;
  }

  private static boolean follows(MappedByteBuffer heap, int at, int position, int stride) {
    for (int i = 1; i < FOUND_FROM; i++) {
      if (heap.get(at + i * stride) != Base62.digit(digit(position + i))) {
        return false;
      }
    }
    return true;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
