package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.organization.Organization;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;

/** What only PostgreSQL does: a connection that is lost in the commit, deadlocks, notifications. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresqlEngineTest {
  private static final long SECONDS_MAX = 30;

  private final TestDatabases.Postgresql database = TestDatabases.postgresql();
  private World world;

  @BeforeAll
  void openWorld() {
    world = new World(database);
    // Ends the connection in the middle of a commit, where a row asks for it.
    database.execute(
        """
        CREATE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN NULL;
        END
        $$
        """);
    database.execute(
        """
        CREATE CONSTRAINT TRIGGER end_connection AFTER INSERT ON organizations DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.name = 'lost in the commit') EXECUTE FUNCTION end_connection()
        """);
  }

  @AfterAll
  void closeWorld() {
    world.close();
  }

  /** Nobody can say whether the change was made, and that is what the caller learns. */
  @Test
  void write_connectionLostInTheCommit_isUnknown() {
    Organization lost = OrganizationMother.organization().name("lost in the commit").build();

    assertThatExceptionOfType(StoreException.CommitUnknown.class)
        .isThrownBy(() -> world.write(writer -> writer.insertOrganization(lost)));
    // Asked afterwards, the database knows.
    assertThat(
            world
                .storage
                .store()
                .<Boolean>read(reader -> reader.organization(lost.id()).isPresent()))
        .isFalse();
  }

  /** A name is one transaction's until that ends, whichever way; nobody waits for it. */
  @Test
  void tryLock_ofANameThatAnotherTransactionHas_isFalseUntilThatEnds() {
    Bytes name = Bytes.zeros(32);
    Bytes other = Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    world.write(writer -> {
      assertThat(writer.tryLock(name)).isTrue();
      assertThat(triedElsewhere(name)).isFalse();
      assertThat(triedElsewhere(other)).isTrue();
    });
    assertThat(triedElsewhere(name)).isTrue();
  }

  private boolean triedElsewhere(Bytes name) {
    return CompletableFuture.supplyAsync(
            () -> world.storage.store().<Boolean>write(writer -> writer.tryLock(name)).result())
        .join();
  }

  @Test
  void write_connectionLostBeforeTheCommit_changedNothing() {
    Organization lost = OrganizationMother.organization().build();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() ->
            world.write(writer -> {
              writer.insertOrganization(lost);
              database.execute(
                  """
                  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND state = 'idle in transaction'
                  """);
              writer.updateOrganization(lost.named("Later"));
            }))
        .isNotInstanceOf(StoreException.CommitUnknown.class);
    assertThat(
            world
                .storage
                .store()
                .<Boolean>read(reader -> reader.organization(lost.id()).isPresent()))
        .isFalse();
  }

  /**
   * Two transactions that lock in opposite orders: the database ends one, which is run again from
   * its start.
   */
  @Test
  void write_deadlock_isRunAgain() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger runs = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      Callable<Void> forwards = () -> lockBoth(world.acme, world.rival, bothHoldOne, runs);
      Callable<Void> backwards = () -> lockBoth(world.rival, world.acme, bothHoldOne, runs);
      for (Future<Void> done : workers.invokeAll(List.of(forwards, backwards))) {
        done.get();
      }
    } finally {
      workers.shutdown();
    }
    assertThat(runs).hasValueGreaterThan(2);
  }

  private Void lockBoth(
      Organization one, Organization other, CyclicBarrier bothHoldOne, AtomicInteger runs) {
    boolean[] met = {false};
    world.write(writer -> {
      runs.incrementAndGet();
      writer.lockOrganization(one.id());
      if (!met[0]) {
        met[0] = true;
        await(bothHoldOne);
      }
      Organization now = writer.lockOrganization(other.id()).flatMap(Sealed::intact).orElseThrow();
      writer.updateOrganization(now.named(now.name() + "."));
    });
    return null;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A commit elsewhere wakes a listener; one whose connection is ended listens again, and wakes in
   * case it missed something.
   */
  @Test
  void listener_isWokenByACommit_andListensAgainAfterAFailure() throws Exception {
    Semaphore wakes = new Semaphore(0);
    try (PostgresqlListener listener = new PostgresqlListener(database.pool(), wakes::release)) {
      listener.start();
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).as("at the start").isTrue();

      world.write(writer -> writer.insertOrganization(OrganizationMother.organization().build()));
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).as("by a commit").isTrue();

      wakes.drainPermits();
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN bitting_changes'");
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).as("by listening again").isTrue();
      wakes.drainPermits();
      world.write(writer -> writer.insertOrganization(OrganizationMother.organization().build()));
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).as("by a commit again").isTrue();
    }
  }

  /** The control: no commit, no wake-up; what was rolled back or changed nothing does not count. */
  @Test
  void listener_isNotWokenByTransactionsThatChangeNothing() throws Exception {
    Semaphore wakes = new Semaphore(0);
    try (PostgresqlListener listener = new PostgresqlListener(database.pool(), wakes::release)) {
      listener.start();
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
      world.write(writer -> writer.lockOrganization(world.rival.id()));
      // The next wake-up is that of the commit after it, so there was none in between.
      world.write(writer -> writer.insertOrganization(OrganizationMother.organization().build()));
      assertThat(wakes.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
      assertThat(wakes.availablePermits()).isZero();
    }
  }

  /** A pool with nothing left to give: the caller learns it, and nothing was begun. */
  @Test
  void write_poolExhausted_isBusy() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(250);
    try (HikariDataSource pool = new HikariDataSource(config);
        JdbcDatabase opened = JdbcDatabase.postgresql(pool, database.pool());
        Connection one = pool.getConnection();
        Connection other = pool.getConnection()) {
      assertThat(one.isValid(1) && other.isValid(1)).isTrue();
      assertThatExceptionOfType(StoreException.Busy.class).isThrownBy(opened::isNew);
    }
  }

  /** A database that is not there is a failure that says so, and no verdict about any row. */
  @Test
  void open_databaseIsNotThere_fails() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> JdbcDatabase.postgresql(nowhere, nowhere))
        .withMessageContaining("cannot be brought up to date");
  }
}
