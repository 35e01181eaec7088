package io.bitting.jdbc;

final class PostgresqlTransactionsTest extends TransactionsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
