package io.bitting.jdbc;

final class SqliteChangeLogTest extends ChangeLogContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
