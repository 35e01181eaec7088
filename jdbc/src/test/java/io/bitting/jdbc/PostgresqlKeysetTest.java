package io.bitting.jdbc;

final class PostgresqlKeysetTest extends KeysetContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
