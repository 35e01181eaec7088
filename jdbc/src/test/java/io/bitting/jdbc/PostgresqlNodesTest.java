package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import io.bitting.store.Nodes;
import io.bitting.store.Position;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A change is answered once every node that is alive has it, and nobody waits for one that is not.
 */
final class PostgresqlNodesTest {
  private World world;
  private JdbcDatabase other;
  private Nodes here;
  private Nodes there;

  @BeforeEach
  void openNodes() {
    world = new World(TestDatabases.postgresql());
    here = world.storage.nodes();
    other = world.database.open();
    there = other.open(world.keyset, new MutableClock(), new SecureRandom(), world.alarms).nodes();
  }

  @AfterEach
  void closeNodes() {
    other.close();
    world.close();
  }

  private static Position at(long seq) {
    return new Position("epoch", seq);
  }

  @Test
  void haveAllReached_alone_isTrue() {
    assertThat(here.haveAllReached(at(7))).isTrue();
    here.report(at(1));
    assertThat(here.haveAllReached(at(7))).isTrue();
  }

  @Test
  void haveAllReached_anotherIsBehind_isFalseUntilItHasCaughtUp() {
    there.report(at(6));
    assertThat(here.haveAllReached(at(7))).isFalse();
    assertThat(here.haveAllReached(at(6))).isTrue();
    there.report(at(7));
    assertThat(here.haveAllReached(at(7))).isTrue();
  }

  @Test
  void haveAllReached_anotherFollowsAnotherDatabase_isFalse() {
    there.report(new Position("elsewhere", 100));
    assertThat(here.haveAllReached(at(7))).isFalse();
  }

  @Test
  void haveAllReached_anotherWasNotHeardOf_doesNotWaitForIt() {
    there.report(at(6));
    world.database.execute("UPDATE nodes SET seen_at = seen_at - INTERVAL '4 seconds'");
    assertThat(here.haveAllReached(at(7))).isTrue();
  }

  @Test
  void leave_isNotWaitedForAnyMore() {
    there.report(at(6));
    there.leave();
    assertThat(here.haveAllReached(at(7))).isTrue();
  }

  @Test
  void report_clearsAwayWhoEndedWithoutAWord() {
    there.report(at(6));
    world.database.execute("UPDATE nodes SET seen_at = seen_at - INTERVAL '2 hours'");
    here.report(at(7));
    assertThat(world.database.number("SELECT count(*) FROM nodes")).isEqualTo(1);
  }
}
