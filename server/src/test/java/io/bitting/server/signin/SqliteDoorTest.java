package io.bitting.server.signin;

import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;

/** The flows of signing in on SQLite. */
final class SqliteDoorTest extends DoorContract {
  @Override
  TestDatabase database() {
    return TestDatabases.sqlite();
  }
}
