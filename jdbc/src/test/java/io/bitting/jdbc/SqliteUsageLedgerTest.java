package io.bitting.jdbc;

import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.usage.UsageLedger;
import io.bitting.usage.UsageLedgerContract;
import java.security.SecureRandom;
import java.time.Clock;

final class SqliteUsageLedgerTest extends UsageLedgerContract {
  private final TestDatabase database = TestDatabases.sqlite();
  private final JdbcDatabase opened = database.open();
  private final PepperKeyset keyset = PepperKeyset.generate(new SecureRandom());

  @Override
  protected UsageLedger open(Clock clock) {
    SealAlarm none = (kind, id, verdict) -> {};
    return opened.open(keyset, clock, new SecureRandom(), none).usage();
  }

  @Override
  protected void close() {
    opened.close();
    database.close();
  }
}
