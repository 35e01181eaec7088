package io.bitting.jdbc;

final class SqliteCheckpointsTest extends CheckpointsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
