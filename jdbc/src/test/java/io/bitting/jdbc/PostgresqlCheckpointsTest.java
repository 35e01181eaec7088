package io.bitting.jdbc;

final class PostgresqlCheckpointsTest extends CheckpointsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
