package io.bitting.jdbc;

final class SqliteTamperingTest extends TamperingContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
