package io.bitting.jdbc;

import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.store.ChangeSourceContract;
import java.security.SecureRandom;
import java.time.Clock;

final class SqliteChangeSourceTest extends ChangeSourceContract {
  private final TestDatabase database = TestDatabases.sqlite();
  private final JdbcDatabase opened = database.open();

  @Override
  protected Sides open(PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm) {
    JdbcStorage storage = opened.open(keyset, clock, random, alarm);
    return new Sides(storage.store(), storage.changes());
  }

  @Override
  protected void close() {
    opened.close();
    database.close();
  }
}
