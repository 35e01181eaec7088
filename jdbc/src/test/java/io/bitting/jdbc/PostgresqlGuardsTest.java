package io.bitting.jdbc;

final class PostgresqlGuardsTest extends GuardsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.postgresql();
  }
}
