package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static io.bitting.access.SampleInstallation.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.key.KeyState;
import io.bitting.scope.Requirement;
import io.bitting.seal.SealVerdict;
import io.bitting.store.ChangeSource;
import io.bitting.store.Position;
import io.bitting.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows F6 and F7 of the threats: changes that are lost, doubled, late, or never entered. */
final class FollowerTest {
  private static final Requirement ANY_KEY = new Requirement.AnyValidKey();

  private final SampleInstallation installation = new SampleInstallation();
  private final InMemoryChangeSource rows = installation.rows();
  private final SampleKey first = installation.key(ACME, APPSEC).put();
  private final SampleKey last = installation.key(ACME, APPSEC).put();
  private LocalSubject subject = over(rows);

  private static LocalSubject over(ChangeSource source) {
    return new LocalSubject(source, new MutableClock());
  }

  @AfterEach
  void close() {
    subject.close();
  }

  @Test
  void start_storageAway_throwsAndFollowsNothing() {
    rows.cutOff(new StoreException("gone"));
    assertThatThrownBy(subject::start).isInstanceOf(StoreException.class);
    assertThat(subject.index.isLoaded()).isFalse();
    assertThat(followers()).isEmpty();
  }

  @Test
  void start_rowsThere_loadsThemOnceAndSaysSo() throws Exception {
    subject.start();
    assertThat(subject.awaitLoaded()).isEqualTo(rows.position());
    assertThat(subject.index.position()).isEqualTo(rows.position());
    assertThat(subject.index.size()).isEqualTo(2);
    assertThat(rows.loads()).isEqualTo(1);
  }

  @Test
  void await_aChange_isInTheIndexThen() {
    subject.start();
    for (int round = 0; round < 2_000; round++) {
      SampleKey key = installation.key(ACME, APPSEC).put();
      subject.await(rows.position());
      assertAllowed(key);
      subject.await(installation.put(key.with(key.key().revoked(BEGINNING))));
      assertDenied(key, DenialReason.KEY_REVOKED);
      subject.await(rows.removeKey(key.key().id()));
      assertDenied(key, DenialReason.CREDENTIAL_INVALID);
    }
    assertThat(rows.loads()).isEqualTo(1);
  }

  @Test
  void await_aChangeThatDoesNotCome_isFalseInTheEnd() {
    subject.start();
    Position never = new Position(rows.position().epoch(), rows.position().seq() + 1);
    assertThat(subject.follower.await(never, Duration.ofMillis(30))).isFalse();
    assertThat(subject.follower.await(never, Duration.ZERO)).isFalse();
    Position elsewhere = new Position("another database", 0);
    assertThat(subject.follower.await(elsewhere, Duration.ofMillis(30))).isFalse();
  }

  @Test
  void await_closedMeanwhile_isFalse() throws Exception {
    subject.start();
    Position never = new Position(rows.position().epoch(), rows.position().seq() + 1);
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> reached =
          waiting.submit(
              () -> subject.follower.await(never, LocalSubject.PATIENCE.multipliedBy(10)));
      subject.close();
      assertThat(reached.get()).isFalse();
    } finally {
      waiting.shutdownNow();
    }
  }

  @Test
  void await_interrupted_isFalseAndStaysInterrupted() throws Exception {
    subject.start();
    Position never = new Position(rows.position().epoch(), rows.position().seq() + 1);
    AtomicBoolean stayed = new AtomicBoolean();
    Thread waiting =
        new Thread(() -> {
          boolean reached = subject.follower.await(never, LocalSubject.PATIENCE);
          stayed.set(!reached && Thread.currentThread().isInterrupted());
        });
    waiting.start();
    waiting.interrupt();
    waiting.join();
    assertThat(stayed).isTrue();
  }

  /** Polling alone is enough: a wake-up that is lost costs time only. */
  @Test
  void follow_nobodyWakes_isUpAfterAPoll() {
    subject.start();
    installation.put(first.with(first.key().revoked(BEGINNING)));
    Position position = rows.position();
    LocalSubject.until(() -> subject.index.position().hasReached(position));
    assertDenied(first, DenialReason.KEY_REVOKED);
  }

  @Test
  void follow_changesLost_loadsAnew() {
    subject.start();
    installation.put(first.with(first.key().revoked(BEGINNING)));
    rows.removeKey(last.key().id());
    rows.loseChanges();
    SampleKey made = installation.key(ACME, APPSEC).put();
    subject.await(rows.position());
    assertThat(rows.loads()).isEqualTo(2);
    assertDenied(first, DenialReason.KEY_REVOKED);
    assertDenied(last, DenialReason.CREDENTIAL_INVALID);
    assertAllowed(made);
  }

  @Test
  void follow_anotherDatabase_loadsAnew() {
    subject.start();
    rows.becomeAnother();
    installation.put(first.with(first.key().revoked(BEGINNING)));
    subject.await(rows.position());
    assertThat(rows.loads()).isEqualTo(2);
    assertDenied(first, DenialReason.KEY_REVOKED);
    assertAllowed(last);
  }

  /** While a load for a gap is half done, the old index answers; then the new one, as a whole. */
  @Test
  void follow_aLoadHalfDone_isNotSeen() {
    subject.start();
    InMemoryChangeSource.Hold hold = rows.holdNextLoad();
    installation.put(first.with(first.key().revoked(BEGINNING)));
    rows.loseChanges();
    hold.awaitReached();
    assertAllowed(first);
    assertAllowed(last);
    hold.release();
    subject.await(rows.position());
    assertDenied(first, DenialReason.KEY_REVOKED);
    assertAllowed(last);
  }

  // Everything is read anew from time to time.

  @Test
  void reload_rowAlteredWithoutAnEntry_isNoticed() throws Exception {
    subject.start();
    subject.awaitLoaded();
    rows.alter(first.row(), SealVerdict.BROKEN);
    subject.await(installation.put(last));
    assertAllowed(first);

    subject.follower.reload();
    subject.awaitLoaded();

    LocalSubject.until(() -> !isAllowed(first));
    assertDenied(first, DenialReason.CREDENTIAL_INVALID);
    assertAllowed(last);
  }

  @Test
  void reload_byTheTiming_happensByItself() throws Exception {
    subject =
        new LocalSubject(
            rows,
            new MutableClock(),
            System::nanoTime,
            new Follower.Timing(Duration.ofMillis(5), Duration.ofMillis(20)));
    subject.start();
    rows.alter(first.row(), SealVerdict.BROKEN);
    LocalSubject.until(() -> !isAllowed(first));
    assertAllowed(last);
  }

  /** What changes while everything is read beside is neither kept waiting nor lost at the swap. */
  @Test
  void reload_changesMeanwhile_areFollowedAndKept() throws Exception {
    SampleKey middle = installation.key(ACME, APPSEC).state(KeyState.DISABLED).put();
    subject.start();
    subject.awaitLoaded();
    InMemoryChangeSource.Hold hold = rows.holdNextLoad();
    subject.follower.reload();
    hold.awaitReached();

    SampleKey made = installation.key(ACME, APPSEC).put();
    rows.removeKey(last.key().id());
    installation.put(middle.with(middle.key().disabled(false)));
    subject.await(installation.put(first.with(first.key().revoked(BEGINNING))));
    assertChanged(made, middle);

    rows.alter(middle.row(), SealVerdict.INTACT);
    hold.release();
    subject.awaitLoaded();
    for (int i = 0; i < 100; i++) {
      subject.await(rows.put(ACME));
      assertDenied(first, DenialReason.KEY_REVOKED);
      assertDenied(last, DenialReason.CREDENTIAL_INVALID);
      assertAllowed(made);
    }
  }

  private void assertChanged(SampleKey made, SampleKey enabled) {
    assertDenied(first, DenialReason.KEY_REVOKED);
    assertDenied(last, DenialReason.CREDENTIAL_INVALID);
    assertAllowed(made);
    assertAllowed(enabled);
  }

  @Test
  void reload_askedForManyTimes_readsOnceAtATimeAndOnceMoreAfterwards() throws Exception {
    subject.start();
    subject.awaitLoaded();
    InMemoryChangeSource.Hold hold = rows.holdNextLoad();
    subject.follower.reload();
    hold.awaitReached();
    // Altered when the reading that is held has taken its picture.
    rows.alter(first.row(), SealVerdict.BROKEN);
    for (int i = 0; i < 20; i++) {
      subject.follower.reload();
      subject.await(rows.put(ACME));
    }
    assertThat(rows.loads()).isEqualTo(2);
    hold.release();
    LocalSubject.until(() -> !isAllowed(first));
    assertThat(rows.loads()).isEqualTo(3);
  }

  /** The reading is done; the first request for changes after it fails: the reading is kept. */
  @Test
  void reload_storageFailsBeforeTheSwap_isNotLost() throws Exception {
    AtomicReference<ChangeSource.Intake> beside = new AtomicReference<>();
    subject =
        over(
            new Forwarding(rows) {
              @Override
              public Position load(Intake intake) {
                if (rows.loads() == 1) {
                  beside.set(intake);
                }
                return super.load(intake);
              }

              @Override
              public Optional<Position> resume(Position after, Intake intake) {
                if (beside.compareAndSet(intake, null)) {
                  throw new StoreException("gone");
                }
                return super.resume(after, intake);
              }
            });
    subject.start();
    rows.alter(first.row(), SealVerdict.BROKEN);
    subject.follower.reload();
    subject.awaitFailure();
    LocalSubject.until(() -> !isAllowed(first));
    assertThat(rows.loads()).isEqualTo(2);
  }

  @Test
  void reload_theReadingFails_isRepeatedSoon() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    subject =
        over(
            new Forwarding(rows) {
              @Override
              public Position load(Intake intake) {
                if (loads.incrementAndGet() == 2) {
                  throw new StoreException("gone");
                }
                return super.load(intake);
              }
            });
    subject.start();
    rows.alter(first.row(), SealVerdict.BROKEN);
    subject.follower.reload();
    subject.awaitFailure();
    LocalSubject.until(() -> !isAllowed(first));
    assertThat(loads).hasValue(3);
  }

  @Test
  void follow_storageAwayAndBack_tellsAndGoesOn() throws Exception {
    subject.start();
    StoreException gone = new StoreException("gone");
    rows.cutOff(gone);
    assertThat(subject.awaitFailure()).isSameAs(gone);
    assertThat(subject.awaitFailure()).isSameAs(gone);
    SampleKey made = installation.key(ACME, APPSEC).put();
    rows.reconnect();
    subject.await(rows.position());
    assertAllowed(made);
    assertThat(rows.loads()).isEqualTo(1);
  }

  @Test
  void close_ofAFollower_endsItsThread() {
    subject.start();
    assertThat(followers()).hasSize(1);
    subject.close();
    assertThat(followers()).isEmpty();
    subject.close();
    assertAllowed(first);
  }

  /** Readers of a key that is always valid see it so, whatever the follower does meanwhile. */
  @Test
  void authorize_whileEverythingChanges_neverMissesAKeyThatStays() throws Exception {
    for (int i = 0; i < 500; i++) {
      installation.key(ACME, APPSEC).put();
    }
    subject.start();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      List<Future<Long>> missed = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        missed.add(
            readers.submit(() -> {
              long count = 0;
              while (!done.get()) {
                count += isAllowed(first) ? 0 : 1;
                count += isAllowed(last) ? 0 : 1;
              }
              return count;
            }));
      }
      for (int round = 0; round < 300; round++) {
        installation.key(ACME, APPSEC).put();
        rows.put(APPSEC);
        rows.put(SampleInstallation.APPSEC_CATALOG);
        installation.put(first);
        if (round % 3 == 0) {
          rows.loseChanges();
        }
        if (round % 5 == 0) {
          subject.follower.reload();
        }
        if (round % 50 == 0) {
          rows.becomeAnother();
        }
        subject.await(rows.position());
      }
      done.set(true);
      for (Future<Long> each : missed) {
        assertThat(each.get()).isZero();
      }
    } finally {
      done.set(true);
      readers.shutdownNow();
    }
  }

  // ---

  /** Passes everything on. */
  private abstract static class Forwarding implements ChangeSource {
    private final ChangeSource to;

    Forwarding(ChangeSource to) {
      this.to = to;
    }

    @Override
    public Position load(Intake intake) {
      return to.load(intake);
    }

    @Override
    public Optional<Position> resume(Position after, Intake intake) {
      return to.resume(after, intake);
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
      to.await(atMost);
    }

    @Override
    public void wake() {
      to.wake();
    }
  }

  private static List<Thread> followers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("bitting-follower"))
        .toList();
  }

  private Decision authorize(SampleKey key) {
    return subject.authorizer.authorize(new AccessRequest(key.token(), APPSEC.id(), ANY_KEY));
  }

  private boolean isAllowed(SampleKey key) {
    return authorize(key).isAllowed();
  }

  private void assertAllowed(SampleKey key) {
    assertThat(isAllowed(key)).isTrue();
  }

  private void assertDenied(SampleKey key, DenialReason reason) {
    assertThat(((Decision.Denied) authorize(key)).reason()).isEqualTo(reason);
  }
}
