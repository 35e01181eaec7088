package io.bitting.jdbc;

final class PostgresqlTamperingTest extends TamperingContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
