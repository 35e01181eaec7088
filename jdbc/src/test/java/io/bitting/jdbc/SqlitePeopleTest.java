package io.bitting.jdbc;

import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.store.PeopleContract;
import io.bitting.store.Store;
import java.security.SecureRandom;
import java.time.Clock;

final class SqlitePeopleTest extends PeopleContract {
  private final TestDatabase database = TestDatabases.sqlite();
  private final JdbcDatabase opened = database.open();

  @Override
  protected Store open(PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm) {
    return opened.open(keyset, clock, random, alarm).store();
  }

  @Override
  protected void close() {
    opened.close();
    database.close();
  }
}
