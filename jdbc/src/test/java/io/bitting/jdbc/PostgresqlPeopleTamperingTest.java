package io.bitting.jdbc;

final class PostgresqlPeopleTamperingTest extends PeopleTamperingContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
