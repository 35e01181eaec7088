package io.bitting.jdbc;

final class SqliteGuardsTest extends GuardsContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
