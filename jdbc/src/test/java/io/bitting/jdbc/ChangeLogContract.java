package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.AuditChain;
import io.bitting.store.IntakeRecord;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a follower is told when the sequence of changes is not whole, and when rows are gone. */
abstract class ChangeLogContract {
  private World world;
  private Position start;
  private final IntakeRecord intake = new IntakeRecord();

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeEach
  void openWorld() {
    world = new World(database());
    start = world.storage.changes().load(intake);
    intake.take();
    Chains.append(world, AuditChain.INSTALLATION, 3);
    world.write(writer -> writer.updateKey(world.narrow.key().disabled(true)));
  }

  @AfterEach
  void closeWorld() {
    world.close();
  }

  @Test
  void changes_areGaplessAndEachHasAnEntry() {
    long head = world.storage.store().<Position>read(Reader::position).seq();
    assertThat(world.database.number("SELECT count(DISTINCT seq) FROM changes")).isEqualTo(head);
    assertThat(world.database.number("SELECT max(seq) FROM changes")).isEqualTo(head);
    assertThat(world.database.number("SELECT min(seq) FROM changes")).isEqualTo(1);
  }

  @Test
  void resume_trimmedBeforeThePosition_goesOn() {
    world.database.execute("DELETE FROM changes WHERE seq <= ?", start.seq());
    assertThat(world.storage.changes().resume(start, intake))
        .contains(world.storage.store().<Position>read(Reader::position));
    assertThat(intake.take()).containsExactly("key:" + world.narrow.key().id());
  }

  @Test
  void resume_trimmedBehindThePosition_isNotToBeHad() {
    world.database.execute("DELETE FROM changes WHERE seq <= ?", start.seq() + 1);
    assertThat(world.storage.changes().resume(start, intake)).isEmpty();
    assertThat(intake.take()).isEmpty();
  }

  @Test
  void resume_gap_isNotToBeHad() {
    world.database.execute("DELETE FROM changes WHERE seq = ?", start.seq() + 2);
    assertThat(world.storage.changes().resume(start, intake)).isEmpty();
  }

  @Test
  void resume_lastEntryGone_isNotToBeHad() {
    world.database.execute("DELETE FROM changes WHERE seq = ?", start.seq() + 4);
    assertThat(world.storage.changes().resume(start, intake)).isEmpty();
  }

  @Test
  void resume_everythingTrimmed_isNotToBeHad() {
    world.database.execute("DELETE FROM changes");
    assertThat(world.storage.changes().resume(start, intake)).isEmpty();
    Position now = world.storage.changes().load(intake);
    assertThat(world.storage.changes().resume(now, intake)).contains(now);
  }

  @Test
  void resume_rowGone_isHandedOverAsGone() {
    world.database.dropGuards();
    world.database.execute(
        "DELETE FROM key_secrets WHERE key_id = ?", world.narrow.key().id().text());
    world.database.execute("DELETE FROM api_keys WHERE id = ?", world.narrow.key().id().text());
    assertThat(world.storage.changes().resume(start, intake)).isPresent();
    assertThat(intake.take()).containsExactly("key gone:" + world.narrow.key().id());
    assertThat(intake.keys()).doesNotContainKey(world.narrow.key().id());
  }

  @Test
  void resume_apiOrCatalogGone_isHandedOverAsGone() {
    world.write(writer -> writer.updateApi(world.api.edited("Renamed", null)));
    world.write(writer -> writer.updateOrganization(world.acme.named("Renamed")));
    world.database.dropGuards();
    world.database.execute("DELETE FROM apis WHERE id = ?", world.api.id().text());
    world.database.execute("DELETE FROM organizations WHERE id = ?", world.acme.id().text());
    assertThat(world.storage.changes().resume(start, intake)).isPresent();
    assertThat(intake.take())
        .contains("api gone:" + world.api.id(), "organization gone:" + world.acme.id());
    assertThat(intake.catalogs()).doesNotContainKey(world.api.id());
  }

  /** Without its head the sequence says nothing, and nothing is made up. */
  @Test
  void load_headGone_fails() {
    world.database.execute("DELETE FROM change_head");
    assertThatThrownBy(() -> world.storage.changes().load(intake))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("restore it from a backup");
    assertThatThrownBy(
            () -> world.write(writer -> writer.updateOrganization(world.rival.named("x"))))
        .isInstanceOf(StoreException.class);
  }
}
