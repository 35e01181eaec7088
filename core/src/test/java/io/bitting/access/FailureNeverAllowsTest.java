package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static io.bitting.access.SampleInstallation.BEGINNING;
import static io.bitting.access.SampleInstallation.GLOBEX;
import static io.bitting.access.SampleInstallation.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.KeyId;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import io.bitting.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Rule 12 and row F12 of the threats: whatever the check rests on throws, at whichever call, what
 * is to be refused is not allowed.
 */
final class FailureNeverAllowsTest {
  private static final Requirement READ = Requirement.allOf("scans:read");
  private static final List<RuntimeException> FAILURES =
      List.of(
          new StoreException("gone"),
          new IllegalStateException("broken"),
          new NullPointerException("broken"));

  private final SampleInstallation installation = new SampleInstallation();
  private final InMemoryChangeSource rows = installation.rows();
  private final MutableClock clock = new MutableClock();
  private final Map<String, AccessRequest> refused = refused();

  /** Throws at the call with a number, counted from when it was set. */
  private static final class Fault {
    private final AtomicInteger left = new AtomicInteger(-1);
    private final AtomicInteger thrown = new AtomicInteger();
    private volatile RuntimeException failure = new StoreException("gone");

    void at(int call, RuntimeException with) {
      failure = with;
      left.set(call);
    }

    void clear() {
      left.set(-1);
    }

    void mayThrow() {
      if (left.get() >= 0 && left.getAndDecrement() == 0) {
        thrown.incrementAndGet();
        throw failure;
      }
    }
  }

  private Map<String, AccessRequest> refused() {
    rows.put(GLOBEX.suspended(true));
    Map<String, AccessRequest> requests = new LinkedHashMap<>();
    SampleKey live = installation.key(ACME, APPSEC).scopes("bot").put();
    SampleKey altered = installation.key(ACME, APPSEC).make();
    rows.put(altered.row(), SealVerdict.BROKEN);
    SampleKey undecidable = installation.key(ACME, APPSEC).make();
    rows.put(undecidable.row(), SealVerdict.UNKNOWN_VERSION);
    put(requests, "revoked", installation.key(ACME, APPSEC).state(KeyState.REVOKED).put().token());
    put(
        requests,
        "disabled",
        installation.key(ACME, APPSEC).state(KeyState.DISABLED).put().token());
    put(requests, "expired", installation.key(ACME, APPSEC).secretUntil(BEGINNING).put().token());
    put(requests, "organization suspended", installation.key(GLOBEX, APPSEC).put().token());
    put(requests, "scope missing", live.token());
    put(requests, "of another API", installation.key(ACME, LIBRARY).put().token());
    put(requests, "wrong secret", minted(live.key().id()));
    put(requests, "unknown", minted(KeyId.generate(new SeededRandom(5))));
    put(requests, "malformed", live.token() + " ");
    put(requests, "missing", "");
    put(requests, "altered", altered.token());
    put(requests, "undecidable", undecidable.token());
    SampleKey all = installation.key(ACME, APPSEC).put();
    requests.put(
        "requirement unknown",
        new AccessRequest(all.token(), APPSEC.id(), Requirement.allOf("nonsense")));
    return requests;
  }

  private static void put(Map<String, AccessRequest> requests, String what, String token) {
    requests.put(what, new AccessRequest(token, APPSEC.id(), READ));
  }

  @Test
  void authorize_anythingThrowsAnywhere_allowsNothing() throws Exception {
    Report report = report(UnaryOperator.identity());
    assertThat(report.allowed).isEmpty();
    assertThat(report.thrown).isGreaterThan(200);
    assertThat(report.denied).isGreaterThan(300);
  }

  /** The control: an authorizer that allows when it cannot decide is found out. */
  @Test
  void authorize_plantedAllowOnException_isFoundOut() throws Exception {
    Report report =
        report(authorizer ->
            request -> {
              try {
                return authorizer.authorize(request);
              } catch (RuntimeException e) {
                return new Decision.Allowed(null, new Position("planted", 0));
              }
            });
    assertThat(report.allowed).isNotEmpty();
  }

  private static final class Report {
    private final List<String> allowed = new ArrayList<>();
    private int denied;
    private int thrown;
  }

  private Report report(UnaryOperator<Authorizer> planted) throws Exception {
    Report report = new Report();
    whileLoading(planted, report);
    whileChecking(planted, report);
    whileFollowing(planted, report);
    return report;
  }

  /** The first load fails at each of its rows: then nothing is decided. */
  private void whileLoading(UnaryOperator<Authorizer> planted, Report report) {
    for (RuntimeException failure : FAILURES) {
      boolean failed = true;
      for (int call = 0; failed; call++) {
        Fault fault = new Fault();
        fault.at(call, failure);
        try (LocalSubject subject = subject(fault, new Fault())) {
          try {
            subject.start();
          } catch (RuntimeException e) {
            // What the index has now is what counts.
            assertThat(e).isSameAs(failure);
          }
          failed = fault.thrown.get() > 0;
          ask(planted.apply(subject.authorizer), "load fails at call " + call, report);
        }
      }
    }
  }

  /** The clock and the ticker fail at each of their calls during a check. */
  private void whileChecking(UnaryOperator<Authorizer> planted, Report report) {
    Fault fault = new Fault();
    try (LocalSubject subject = subject(new Fault(), fault)) {
      subject.start();
      subject.follower.close();
      Authorizer authorizer = planted.apply(subject.authorizer);
      for (RuntimeException failure : FAILURES) {
        for (int call = 0; call < 5; call++) {
          for (Map.Entry<String, AccessRequest> request : refused.entrySet()) {
            fault.at(call, failure);
            ask(authorizer, request, "clock or ticker fails at call " + call, report);
          }
        }
      }
      assertThat(fault.thrown).hasPositiveValue();
    }
  }

  /** A request for changes fails at each of the rows that it hands over; then it goes on. */
  private void whileFollowing(UnaryOperator<Authorizer> planted, Report report) throws Exception {
    Fault fault = new Fault();
    try (LocalSubject subject = subject(fault, new Fault())) {
      subject.start();
      Authorizer authorizer = planted.apply(subject.authorizer);
      for (int call = 0; call < 8; call++) {
        RuntimeException failure = FAILURES.get(call % FAILURES.size());
        subject.failures.clear();
        fault.at(call, failure);
        rows.put(ACME);
        rows.put(APPSEC);
        rows.put(SampleInstallation.APPSEC_CATALOG);
        rows.put(GLOBEX.suspended(true));
        for (int i = 0; i < 4; i++) {
          installation.key(ACME, APPSEC).put();
        }
        rows.wake();
        assertThat(subject.awaitFailure()).isSameAs(failure);
        ask(authorizer, "following fails at call " + call, report);
        fault.clear();
        subject.await(rows.position());
        ask(authorizer, "following goes on after call " + call, report);
      }
    }
  }

  private void ask(Authorizer authorizer, String when, Report report) {
    for (Map.Entry<String, AccessRequest> request : refused.entrySet()) {
      ask(authorizer, request, when, report);
    }
  }

  private static void ask(
      Authorizer authorizer, Map.Entry<String, AccessRequest> request, String when, Report report) {
    try {
      if (authorizer.authorize(request.getValue()).isAllowed()) {
        report.allowed.add(request.getKey() + ", when " + when);
      } else {
        report.denied++;
      }
    } catch (RuntimeException e) {
      report.thrown++;
    }
  }

  private LocalSubject subject(Fault ofSource, Fault ofTime) {
    return new LocalSubject(
        new FailingSource(rows, ofSource),
        new FailingClock(clock, ofTime),
        new FailingTicker(ofTime),
        new Follower.Timing(Duration.ofMillis(5), Duration.ofHours(1)));
  }

  private static String minted(KeyId id) {
    return MintedToken.mint(APPSEC.prefix(), id, new SeededRandom(77)).revealOnce();
  }

  private record FailingTicker(Fault fault) implements LongSupplier {
    @Override
    public long getAsLong() {
      fault.mayThrow();
      return 0;
    }
  }

  private static final class FailingClock extends Clock {
    private final Clock clock;
    private final Fault fault;

    FailingClock(Clock clock, Fault fault) {
      this.clock = clock;
      this.fault = fault;
    }

    @Override
    public Instant instant() {
      fault.mayThrow();
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new FailingClock(clock.withZone(zone), fault);
    }
  }

  /** Fails at its own calls, and at each row that it hands over. */
  private record FailingSource(ChangeSource rows, Fault fault) implements ChangeSource {
    @Override
    public Position load(Intake intake) {
      fault.mayThrow();
      Position position = rows.load(new FailingIntake(intake, fault));
      fault.mayThrow();
      return position;
    }

    @Override
    public Optional<Position> resume(Position after, Intake intake) {
      fault.mayThrow();
      return rows.resume(after, new FailingIntake(intake, fault));
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
      rows.await(atMost);
    }

    @Override
    public void wake() {
      rows.wake();
    }
  }

  private record FailingIntake(ChangeSource.Intake intake, Fault fault)
      implements ChangeSource.Intake {
    @Override
    public void organization(Sealed<Organization> row) {
      fault.mayThrow();
      intake.organization(row);
    }

    @Override
    public void api(Sealed<Api> row) {
      fault.mayThrow();
      intake.api(row);
    }

    @Override
    public void catalog(Sealed<Catalog> row) {
      fault.mayThrow();
      intake.catalog(row);
    }

    @Override
    public void key(Sealed<KeyRow> row) {
      fault.mayThrow();
      intake.key(row);
    }

    @Override
    public void operations(Sealed<Operations> row) {
      fault.mayThrow();
      intake.operations(row);
    }

    @Override
    public void operationsGone(io.bitting.id.ApiId id) {
      fault.mayThrow();
      intake.operationsGone(id);
    }

    @Override
    public void organizationGone(io.bitting.id.OrganizationId id) {
      fault.mayThrow();
      intake.organizationGone(id);
    }

    @Override
    public void apiGone(io.bitting.id.ApiId id) {
      fault.mayThrow();
      intake.apiGone(id);
    }

    @Override
    public void keyGone(KeyId id) {
      fault.mayThrow();
      intake.keyGone(id);
    }
  }
}
