package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bitting.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revocation is never read from a replica, which shows commits late and in an order of its own. */
final class PostgresqlReplicaTest {
  @TempDir private Path folder;

  private EmbeddedPostgres start(Path data) throws IOException {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
  }

  @Test
  void read_fromAReplica_isRefused() throws IOException {
    Path data = folder.resolve("data");
    try (EmbeddedPostgres primary = start(data);
        JdbcDatabase opened =
            JdbcDatabase.postgresql(primary.getPostgresDatabase(), primary.getPostgresDatabase())) {
      assertThat(opened.isNew()).isTrue();
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres replica = start(data)) {
      // The control: the replica itself answers questions.
      Jdbi jdbi = Jdbi.create(replica.getPostgresDatabase());
      assertThat(
              jdbi.<Boolean, RuntimeException>withHandle(handle ->
                  handle.createQuery("SELECT pg_is_in_recovery()").mapTo(Boolean.class).one()))
          .isTrue();
      PostgresqlEngine engine = new PostgresqlEngine(replica.getPostgresDatabase());
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> engine.<Boolean>read(KeysetCheck::isNew))
          .withMessageContaining("recovery");
      engine.close();
    }
  }
}
