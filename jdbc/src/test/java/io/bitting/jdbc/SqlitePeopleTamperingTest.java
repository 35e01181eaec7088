package io.bitting.jdbc;

final class SqlitePeopleTamperingTest extends PeopleTamperingContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
