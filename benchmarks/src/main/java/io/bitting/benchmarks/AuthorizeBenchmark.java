package io.bitting.benchmarks;

import io.bitting.access.AccessRequest;
import io.bitting.access.Decision;
import io.bitting.access.LocalAuthorizer;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A check of a valid token among a million keys, and the two things that no such check can do
 * without: SHA-256 of the secret, and a look-up of the id.
 *
 * <p>All of them visit the keys in one random order, each key once before any comes again. What a
 * request brings along (token, secret, id) lies in memory in that order, near at hand as if it had
 * just come off a socket; what the server holds (index, map) does not, so that each look-up goes to
 * a random place.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseG1GC"})
public class AuthorizeBenchmark {
  static final int KEYS = 1_000_000;

  /** As the token format has it: 32 characters of secret before 6 of checksum. */
  private static final int SECRET_LENGTH = 32;

  private static final int SECRET_FROM_END = SECRET_LENGTH + 6;

  /** The keys, loaded once for each JVM. */
  @State(Scope.Benchmark)
  public static class Keys {
    final LocalAuthorizer authorizer;
    final ApiId api;
    final Map<KeyId, Integer> map = HashMap.newHashMap(KEYS);
    final String[] tokens = new String[KEYS];
    final Requirement[] requirements = new Requirement[KEYS];
    final AccessRequest[] requests = new AccessRequest[KEYS];
    final byte[] secrets = new byte[KEYS * SECRET_LENGTH];
    final KeyId[] ids = new KeyId[KEYS];
    final MessageDigest sha256 = newSha256();

    /** A key as the benchmark needs it. */
    private record Drawn(KeyId id, String token, Requirement requirement) {}

    /** Loads the index through a follower, and checks that every token is allowed. */
    public Keys() {
      Population population = new Population(Instant.now().truncatedTo(ChronoUnit.MILLIS));
      api = population.api().id();
      Map<io.bitting.scope.Scope, Requirement> known = new HashMap<>();
      List<Drawn> drawn = new ArrayList<>(KEYS);
      LoadedIndex loaded =
          new LoadedIndex(
              population,
              KEYS,
              made ->
                  drawn.add(
                      new Drawn(
                          made.key().id(),
                          made.token().revealOnce(),
                          known.computeIfAbsent(made.scope(), Requirement::allOf))));
      authorizer =
          new LocalAuthorizer(loaded.index(), Clock.systemUTC(), LocalAuthorizer.MAX_STALE);
      drawn.forEach(key -> map.put(key.id(), map.size()));
      Collections.shuffle(drawn);
      for (int i = 0; i < KEYS; i++) {
        lay(i, drawn.get(i));
      }
      for (AccessRequest request : requests) {
        if (!authorizer.authorize(request).isAllowed()) {
          throw new IllegalStateException("a valid token is denied");
        }
      }
    }

    private static MessageDigest newSha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no SHA-256", e);
      }
    }

    /** Copies what a request brings along, so that it lies in memory in the order of its use. */
    private void lay(int at, Drawn key) {
      byte[] token = key.token().getBytes(StandardCharsets.US_ASCII);
      tokens[at] = new String(token, StandardCharsets.US_ASCII);
      requirements[at] = key.requirement();
      requests[at] = new AccessRequest(tokens[at], api, requirements[at]);
      ids[at] = new KeyId(key.id().high(), key.id().low());
      System.arraycopy(
          token, token.length - SECRET_FROM_END, secrets, at * SECRET_LENGTH, SECRET_LENGTH);
    }
  }

  /** Where a thread is in the order. */
  @State(Scope.Thread)
  public static class Cursor {
    private int last = -1;
    final byte[] digest = new byte[32];

    int next() {
      last = last + 1 == KEYS ? 0 : last + 1;
      return last;
    }
  }

  /** The bare hash. */
  @Benchmark
  public byte[] sha256(Keys keys, Cursor cursor) throws DigestException {
    keys.sha256.update(keys.secrets, cursor.next() * SECRET_LENGTH, SECRET_LENGTH);
    keys.sha256.digest(cursor.digest, 0, cursor.digest.length);
    return cursor.digest;
  }

  /** The bare look-up. */
  @Benchmark
  public @Nullable Integer lookUp(Keys keys, Cursor cursor) {
    return keys.map.get(keys.ids[cursor.next()]);
  }

  /** The whole check, its request made on the spot as callers do. */
  @Benchmark
  public Decision authorize(Keys keys, Cursor cursor) {
    int i = cursor.next();
    return keys.authorizer.authorize(
        new AccessRequest(keys.tokens[i], keys.api, keys.requirements[i]));
  }

  /** The whole check of a request that was made before. */
  @Benchmark
  public Decision authorizeMade(Keys keys, Cursor cursor) {
    return keys.authorizer.authorize(keys.requests[cursor.next()]);
  }
}
