package io.bitting.server.keys;

import io.bitting.access.Decision;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.access.VerifiedKey;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.server.http.Exposures;
import io.bitting.server.http.LooseQuery;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the audit of an organization that one of its keys came in a query, once a day and
 * key: {@code key.exposed}. Only a key whose whole secret was there counts, so that nobody can fill
 * the audit by guessing.
 *
 * <p><b>Security guarantees.</b> Keeps key ids only. Not given: a key is recorded only while
 * storage answers, and while fewer than {@value #WAITING_MAX} others wait.
 *
 * <p>Thread-safe. Whoever tells of a query never waits: another thread writes.
 */
public final class RecordExposures implements Exposures, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordExposures.class);
  private static final String ACTION = "key.exposed";
  private static final Duration AGAIN_AFTER = Duration.ofDays(1);
  private static final int WAITING_MAX = 1000;
  private static final int REMEMBERED_MAX = 10_000;

  private final LocalAuthorizer authorizer;
  private final Store store;
  private final Clock clock;
  private final BlockingQueue<Exposure> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

  /** Keys that wait, or were recorded since the memory was last emptied. */
  private final Set<KeyId> remembered = ConcurrentHashMap.newKeySet();

  private final Thread writer;

  private record Exposure(VerifiedKey key, String source, String requestId) {
    @Override
    public String toString() {
      return "exposure of key " + key.id();
    }
  }

  /**
   * Begins to record.
   *
   * @param authorizer tells whose a token is
   * @param store has the audit
   * @param clock tells whether a day has passed
   */
  public RecordExposures(LocalAuthorizer authorizer, Store store, Clock clock) {
    this.authorizer = authorizer;
    this.store = store;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("exposures").start(this::write);
  }

  @Override
  public void seenInQuery(String query, String source, String requestId) {
    LooseQuery.forEach(
        query,
        (name, value) -> {
          VerifiedKey key = key(value);
          if (key != null
              && remember(key.id())
              && !waiting.offer(new Exposure(key, source, requestId))) {
            remembered.remove(key.id());
          }
        });
  }

  private boolean remember(KeyId key) {
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    return remembered.add(key);
  }

  private @Nullable VerifiedKey key(String value) {
    try {
      return switch (authorizer.identify(value)) {
        case Decision.Allowed allowed -> allowed.key();
        case Decision.Denied denied -> denied.key();
      };
    } catch (VerificationUnavailableException e) {
      return null;
    }
  }

  private void write() {
    try {
      while (true) {
        Exposure exposure = waiting.take();
        try {
          store.write(writer -> record(writer, exposure));
        } catch (StoreException e) {
          remembered.remove(exposure.key().id());
          LOG.warn("{} was not recorded: {}", exposure, e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  private boolean record(Writer writer, Exposure exposure) {
    AuditChain chain = AuditChain.of(exposure.key().organization());
    String id = exposure.key().id().text();
    if (isRecorded(writer, chain, id)) {
      return false;
    }
    writer.audit(
        chain,
        new AuditEvent.Act(
            ACTION,
            Actor.key(exposure.key().id()),
            new AuditEvent.Target("key", id),
            Optional.of(exposure.requestId()),
            List.of()),
        exposure.source().isEmpty() ? Optional.empty() : Optional.of(exposure.source()));
    return true;
  }

  private boolean isRecorded(Reader reader, AuditChain chain, String key) {
    return reader
        .auditEvents(
            chain,
            new Reader.AuditFilter(Optional.of(ACTION), Optional.empty(), Optional.of(key)),
            Optional.empty(),
            1)
        .stream()
        .anyMatch(event -> event.at().plus(AGAIN_AFTER).isAfter(clock.instant()));
  }

  /** Stops recording; what waits is not recorded any more. */
  @Override
  public void close() {
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
