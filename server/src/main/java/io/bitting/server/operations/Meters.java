package io.bitting.server.operations;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.KeyIndex;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.SealVerdict;
import io.bitting.server.checks.CheckCounter;
import io.bitting.server.http.Traffic;
import io.bitting.store.Position;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what happens, for Prometheus, and writes to the log what somebody should look at. No label
 * has a key, an organization or anything that a caller chose.
 *
 * <p>Thread-safe; what is called on the check path takes no lock.
 */
public final class Meters implements Traffic, CheckCounter, SealAlarm {
  private static final List<String> SEALED =
      List.of("organization", "api", "catalog", "grant", "key", "secret", "setup_code");
  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);

  /** Every HTTP status is below. */
  private static final int STATUS_END = 600;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, AtomicReferenceArray<@Nullable Answered>> requests =
      new ConcurrentHashMap<>();
  private final Counter allowed;
  private final Map<DenialReason, Counter> denied = new EnumMap<>(DenialReason.class);
  private final Counter followerFailures;
  private final Counter usageLost;

  /**
   * Begins to count.
   *
   * @param index its size and age are shown
   */
  public Meters(KeyIndex index) {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    Gauge.builder("bitting.index.keys", index, KeyIndex::size)
        .description("keys in memory, in whatever state")
        .register(registry);
    Gauge.builder("bitting.index.age", index, i -> i.age().toNanos() / 1e9)
        .baseUnit("seconds")
        .description("time since the index was last known to be current")
        .register(registry);
    allowed = check("allowed", "none");
    for (DenialReason reason : DenialReason.values()) {
      denied.put(reason, check("denied", reason.code()));
    }
    // From the beginning, so that the first alarm is an increase.
    for (String kind : SEALED) {
      for (SealVerdict verdict : SealVerdict.values()) {
        if (verdict != SealVerdict.INTACT) {
          alarms(kind, verdict);
        }
      }
    }
    usageLost =
        Counter.builder("bitting.usage.lost")
            .description("checks that did not fit into memory and are not in the usage ledger")
            .register(registry);
    followerFailures =
        Counter.builder("bitting.follower.failures")
            .description("times that storage did not answer the follower")
            .register(registry);
  }

  /**
   * Takes note of checks that are not in the usage ledger.
   *
   * @param count how many
   */
  public void usageLost(long count) {
    usageLost.increment((double) count);
  }

  private Counter check(String outcome, String reason) {
    return Counter.builder("bitting.checks")
        .description("decisions made for callers of verify")
        .tag("outcome", outcome)
        .tag("reason", reason)
        .register(registry);
  }

  /** Returns everything in Prometheus' text form. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void answered(String operationId, int status, long nanos) {
    AtomicReferenceArray<@Nullable Answered> known = requests.get(operationId);
    Answered answers = known == null ? null : known.get(status);
    (answers == null ? added(operationId, status) : answers).add(nanos);
  }

  /** Registers a meter once: a second of the same name would be another's numbers. */
  private synchronized Answered added(String operationId, int status) {
    AtomicReferenceArray<@Nullable Answered> byStatus =
        requests.computeIfAbsent(operationId, id -> new AtomicReferenceArray<>(STATUS_END));
    Answered known = byStatus.get(status);
    if (known != null) {
      return known;
    }
    Answered made = answered(operationId, status);
    byStatus.set(status, made);
    return made;
  }

  private Answered answered(String operationId, int status) {
    Answered answers = new Answered();
    FunctionTimer.builder(
            "bitting.requests", answers, Answered::count, Answered::nanos, TimeUnit.NANOSECONDS)
        .description("answers of the HTTP interface")
        .tag("operation", operationId)
        .tag("status", String.valueOf(status))
        .register(registry);
    return answers;
  }

  /** How many answers of one kind there were, and how long they took together. */
  private static final class Answered {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
      count.increment();
      nanos.add(took);
    }

    long count() {
      return count.sum();
    }

    double nanos() {
      return nanos.sum();
    }
  }

  @Override
  public void counted(Decision decision) {
    switch (decision) {
      case Decision.Allowed ignored -> allowed.increment();
      case Decision.Denied no -> Objects.requireNonNull(denied.get(no.reason())).increment();
    }
  }

  @Override
  public void raised(String kind, String id, SealVerdict verdict) {
    alarms(kind, verdict).increment();
    LOG.error(
        "ALARM: the seal of {} {} is {}; it grants nothing. {}",
        kind,
        id,
        verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        verdict == SealVerdict.BROKEN
            ? "The row was altered behind Bitting's back: find out by whom, and restore it from a backup."
            : "The keyset lacks the pepper version that made it: add that version to the keyset.");
  }

  private Counter alarms(String kind, SealVerdict verdict) {
    return Counter.builder("bitting.seal.alarms")
        .description("rows read whose seal was not intact")
        .tag("kind", kind)
        .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  void loaded(Position position, int keys, Duration took) {
    LOG.debug("read {} keys at {} in {} ms", keys, position, took.toMillis());
  }

  void failed(RuntimeException failure) {
    followerFailures.increment();
    LOG.warn("storage does not answer the follower: {}", failure.getMessage());
  }
}
