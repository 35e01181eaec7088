package io.bitting.jdbc;

final class PostgresqlChangeLogTest extends ChangeLogContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
