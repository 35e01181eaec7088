package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.store.IntakeRecord;
import io.bitting.store.Position;
import io.bitting.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What transactions do when the database fails, refuses or is held up. */
abstract class TransactionsContract {
  private World world;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeEach
  void openWorld() {
    world = new World(database());
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  final World world() {
    return world;
  }

  /**
   * Constraints that are looked at in the commit can still refuse it, and then nothing was changed:
   * that is known.
   */
  @Test
  void write_refusedByTheCommit_isKnownToHaveFailed() {
    Organization other = OrganizationMother.organization().build();
    assertThatThrownBy(() ->
            world
                .opened
                .engine()
                .write(handle -> {
                  handle.execute(
                      "INSERT INTO audit_heads VALUES ('x', 0, " + world.database.zeros(32) + ")");
                  handle.execute("INSERT INTO grant_scopes VALUES ('none', 'bot')");
                  return new Engine.Outcome<>("done", true);
                }))
        .isInstanceOf(StoreException.class)
        .isNotInstanceOf(StoreException.CommitUnknown.class);
    assertThat(world.database.number("SELECT count(*) FROM audit_heads WHERE chain = 'x'"))
        .isZero();
    // The next one is none the worse for it.
    world.write(writer -> writer.insertOrganization(other));
  }

  /**
   * Somebody else, a backup or another process, holds the whole database for longer than a
   * transaction waits.
   */
  @Test
  void write_heldUpTooLong_isBusy() throws Exception {
    try (Connection connection = world.database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : world.database.hold()) {
        statement.execute(sql);
      }
      assertThatThrownBy(
              () -> world.write(writer -> writer.updateOrganization(world.acme.named("Late"))))
          .isInstanceOf(StoreException.Busy.class);
      statement.execute("ROLLBACK");
    }
    assertThat(name(world.acme)).isEqualTo(world.acme.name());
    world.write(writer -> writer.updateOrganization(world.acme.named("In time")));
    assertThat(name(world.acme)).isEqualTo("In time");
  }

  private String name(Organization organization) {
    return world
        .storage
        .store()
        .<String>read(reader ->
            reader
                .organization(organization.id())
                .map(Sealed::unchecked)
                .map(Organization::name)
                .orElseThrow());
  }

  @Test
  void anything_afterClose_fails() {
    world.opened.close();
    assertThatThrownBy(() -> name(world.acme)).isInstanceOf(StoreException.class);
    assertThatThrownBy(
            () -> world.write(writer -> writer.updateOrganization(world.acme.named("Late"))))
        .isInstanceOf(StoreException.class);
  }

  /**
   * Messages are for logs: no value, no digest and no seal is in them, nor in what they were caused
   * by.
   */
  @Test
  void failures_showNoValues() {
    String digest = HexFormat.of().formatHex(world.narrow.secret().digest().toBytes());
    for (String sql :
        new String[] {
          "INSERT INTO key_secrets SELECT * FROM key_secrets",
          "INSERT INTO setup_codes SELECT id || 'x', digest, NULL, created_at, expires_at, pepper_version, seal FROM setup_codes",
          "UPDATE key_secrets SET revision = 0",
        }) {
      Throwable failure =
          catchThrowable(() ->
              world
                  .opened
                  .engine()
                  .write(handle -> {
                    handle.execute(sql);
                    return new Engine.Outcome<>("done", true);
                  }));
      assertThat(failure).isInstanceOf(StoreException.class);
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString())
          .doesNotContain(digest)
          .doesNotContain("\\x")
          .doesNotContain("Detail")
          .doesNotContain("arguments:");
    }
  }

  /** Other processes may use the same database: what one commits, the other sees. */
  @Test
  void secondProcess_seesWhatTheFirstCommits() {
    try (JdbcDatabase other = world.database.open()) {
      JdbcStorage storage =
          other.open(world.keyset, new MutableClock(), new SecureRandom(), world.alarms);
      Position position = storage.changes().load(new IntakeRecord());
      world.write(writer -> writer.updateOrganization(world.acme.named("Elsewhere")));
      IntakeRecord intake = new IntakeRecord();
      assertThat(storage.changes().resume(position, intake)).isPresent();
      assertThat(intake.organizations().get(world.acme.id()).intact().orElseThrow().name())
          .isEqualTo("Elsewhere");
    }
  }
}
