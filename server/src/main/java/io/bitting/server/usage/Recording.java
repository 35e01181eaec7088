package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.OperationDecision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import io.bitting.server.checks.CheckCounter;
import io.bitting.server.checks.CheckWatcher;
import io.bitting.server.http.OwnChecks;
import io.bitting.server.http.Route;
import io.bitting.usage.Demand;
import io.bitting.usage.KnownOrigin;
import io.bitting.usage.Origin;
import io.bitting.usage.UsageCounter;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands each check to whoever counts: the meters, the counter of the ledger, and the ring of the
 * last checks.
 *
 * <p>Thread-safe; touches no disk, no network and no lock.
 */
public final class Recording implements CheckWatcher, OwnChecks, LocalAuthorizer.Watcher {
  private static final Requirement ABOUT_OTHERS = Requirement.allOf("keys:verify");

  private final Clock clock;
  private final CheckCounter meters;
  private final UsageCounter counter;
  private final RecentChecks recent;

  /** As many as Bitting has operations. */
  private final Map<String, Demand> own = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param clock tells when checks are made
   * @param meters told of each check that others ask for
   * @param counter counts what keys were used for
   * @param recent keeps the last checks
   */
  public Recording(Clock clock, CheckCounter meters, UsageCounter counter, RecentChecks recent) {
    this.clock = clock;
    this.meters = meters;
    this.counter = counter;
    this.recent = recent;
  }

  @Override
  public void required(Decision decision, ApiId api, Requirement requirement, Origin origin) {
    meters.counted(decision);
    record(decision, api, requirement, null, origin);
  }

  @Override
  public void called(OperationDecision decided, ApiId api, Origin origin) {
    meters.counted(decided.decision());
    Operation operation = decided.operation();
    if (operation != null) {
      record(decided.decision(), api, operation.requirement(), operation, origin);
    }
  }

  /** The key of who asks about others is counted; among the last checks stand those others. */
  @Override
  public void checked(Decision decision, Route route, Origin origin) {
    VerifiedKey key = key(decision);
    if (key == null) {
      return;
    }
    long now = clock.millis();
    KnownOrigin from = counter.known(origin);
    Demand counted = counter.count(decision, demand(route), from, now);
    if (!route.requirement().equals(ABOUT_OTHERS)) {
      keep(recent.place(key, decision, now), key, decision, counted, from);
    }
  }

  /**
   * Of who serves something beside Bitting, in this process; where a request came from is unknown.
   */
  @Override
  public void decided(
      Decision decision, ApiId api, Requirement requirement, @Nullable Operation operation) {
    record(decision, api, requirement, operation, Origin.UNKNOWN);
  }

  private void record(
      Decision decision,
      ApiId api,
      Requirement requirement,
      @Nullable Operation operation,
      Origin origin) {
    VerifiedKey key = key(decision);
    if (key == null) {
      return;
    }
    // First, so that memory answers while the check is counted.
    long now = clock.millis();
    RecentChecks.Place place = recent.place(key, decision, now);
    KnownOrigin from = counter.known(origin);
    Demand counted =
        operation == null
            ? counter.count(decision, api, requirement, from, now)
            : counter.count(decision, api, operation, from, now);
    keep(place, key, decision, counted, from);
  }

  private void keep(
      RecentChecks.@Nullable Place place,
      VerifiedKey key,
      Decision decision,
      @Nullable Demand counted,
      KnownOrigin from) {
    if (place != null) {
      recent.put(place, key, decision, counted, from);
    }
  }

  private Demand demand(Route route) {
    Demand known = own.get(route.operationId());
    return known != null
        ? known
        : own.computeIfAbsent(
            route.operationId(),
            id -> new Demand(ApiId.BITTING, route.requirement(), Optional.of(route.operation())));
  }

  private static @Nullable VerifiedKey key(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> allowed.key();
      case Decision.Denied denied -> denied.key();
    };
  }
}
