package io.bitting.jdbc;

final class SqliteTransactionsTest extends TransactionsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
