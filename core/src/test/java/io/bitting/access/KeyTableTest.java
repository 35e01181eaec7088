package io.bitting.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.KeyState;
import io.bitting.key.SecretDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class KeyTableTest {
  private static final SecretDigest DIGEST = SecretDigest.of(new byte[32]);
  private static final OrganizationSlot OWNER =
      new OrganizationSlot(new OrganizationId("aaaaaaaaaaaa"));
  private static final GrantSlot GRANT =
      new GrantSlot(Grant.of(new ApiId("appsec"), GrantedScopes.all()));

  private static IndexedKey key(KeyId id, long version) {
    return new IndexedKey(
        id, KeyState.ACTIVE, new IndexedKey.Secret(1, DIGEST, version), null, OWNER, GRANT);
  }

  private static KeyId id(int number) {
    return new KeyId(number / 7L, number % 7);
  }

  /** Puts, replacements, removals and growth in any order, against a map. */
  @Property(tries = 300)
  void operations_inAnyOrder_areThoseOfAMap(
      @ForAll long seed,
      @ForAll @IntRange(max = 100) int expected,
      @ForAll @IntRange(min = 1, max = 400) int ids) {
    SplittableRandom random = new SplittableRandom(seed);
    KeyTable table = new KeyTable(expected);
    Map<KeyId, IndexedKey> model = new HashMap<>();
    for (int step = 0; step < 1_000; step++) {
      KeyId id = id(random.nextInt(ids));
      if (random.nextInt(5) < 3) {
        IndexedKey key = key(id, step);
        table.put(key);
        model.put(id, key);
      } else {
        table.remove(id.high(), id.low());
        model.remove(id);
      }
      assertThat(table.size()).isEqualTo(model.size());
      if (step % 100 == 0) {
        assertSame(table, model, ids);
      }
    }
    assertSame(table, model, ids);
  }

  private static void assertSame(KeyTable table, Map<KeyId, IndexedKey> model, int ids) {
    for (int number = 0; number < ids + 10; number++) {
      KeyId id = id(number);
      assertThat(table.find(id.high(), id.low())).isSameAs(model.get(id));
    }
  }

  @Test
  void find_idsThatDifferInOneHalf_areTwo() {
    KeyTable table = new KeyTable(0);
    IndexedKey one = key(new KeyId(1, 2), 0);
    IndexedKey two = key(new KeyId(1, 3), 0);
    IndexedKey three = key(new KeyId(2, 2), 0);
    table.put(one);
    table.put(two);
    table.put(three);
    assertThat(table.find(1, 2)).isSameAs(one);
    assertThat(table.find(1, 3)).isSameAs(two);
    assertThat(table.find(2, 2)).isSameAs(three);
    assertThat(table.find(2, 3)).isNull();
  }

  /** Marks of removed keys never fill the table, in which a search would not end. */
  @Test
  void put_andRemovedOverAndOver_staysSmallAndSearchesEnd() {
    KeyTable table = new KeyTable(0);
    for (int i = 0; i < 100_000; i++) {
      table.put(key(id(i), i));
      table.remove(id(i).high(), id(i).low());
      assertThat(table.size()).isZero();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(table.find(id(i).high(), id(i).low())).isNull();
    }
  }

  /** One writer, two readers: a key that was published is found, in every growth of the table. */
  @Test
  void find_whileTheTableGrows_neverMissesAPublishedKey() throws Exception {
    int keys = 400_000;
    KeyTable table = new KeyTable(0);
    AtomicInteger published = new AtomicInteger();
    List<Future<Long>> readers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2; i++) {
        SplittableRandom random = new SplittableRandom(i);
        readers.add(
            threads.submit(() -> {
              long wrong = 0;
              int known;
              do {
                known = published.get();
                for (int j = 0; j < 1_000 && known > 0; j++) {
                  KeyId id = id(random.nextInt(known));
                  IndexedKey found = table.find(id.high(), id.low());
                  wrong += found != null && found.id().equals(id) ? 0 : 1;
                }
              } while (known < keys);
              return wrong;
            }));
      }
      for (int i = 0; i < keys; i++) {
        table.put(key(id(i), 0));
        published.lazySet(i + 1);
      }
      published.set(keys);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(table.size()).isEqualTo(keys);
  }

  /**
   * Keys come, are replaced and go; those that stay are found, and what is found never goes back.
   */
  @Test
  void find_whileKeysComeAndGo_seesEachKeyOnlyMoveOn() throws Exception {
    int staying = 500;
    int rounds = 4_000;
    KeyTable table = new KeyTable(0);
    for (int i = 0; i < staying; i++) {
      table.put(key(id(i), 0));
    }
    AtomicInteger round = new AtomicInteger();
    List<Future<Long>> readers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2; i++) {
        SplittableRandom random = new SplittableRandom(i);
        readers.add(
            threads.submit(() -> {
              long wrong = 0;
              long[] seen = new long[staying];
              while (round.get() < rounds) {
                int number = random.nextInt(staying);
                int atLeast = round.get();
                IndexedKey found = table.find(id(number).high(), id(number).low());
                if (found == null
                    || !found.id().equals(id(number))
                    || found.expiresAt < Math.max(seen[number], number == 0 ? atLeast : 0)) {
                  wrong++;
                } else {
                  seen[number] = found.expiresAt;
                }
              }
              return wrong;
            }));
      }
      SplittableRandom random = new SplittableRandom(9);
      for (int r = 1; r <= rounds; r++) {
        table.put(key(id(0), r));
        table.put(key(id(random.nextInt(staying - 1) + 1), r));
        KeyId passing = id(staying + random.nextInt(100_000));
        table.put(key(passing, r));
        table.remove(passing.high(), passing.low());
        round.set(r);
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
