package io.bitting.jdbc;

final class SqliteKeysetTest extends KeysetContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
