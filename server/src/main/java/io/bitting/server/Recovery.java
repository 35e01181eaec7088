package io.bitting.server;

import io.bitting.issue.Issuing;
import io.bitting.seal.SealAlarm;
import io.bitting.server.setup.BuiltInApi;
import io.bitting.server.setup.FirstOwner;
import io.bitting.server.setup.SetupCodes;
import io.bitting.store.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * The way back in for who has database and keyset: a key for 24 hours, audited. Works beside a
 * running server.
 */
public final class Recovery {
  private Recovery() {}

  /**
   * Makes the key.
   *
   * @param database where the data is
   * @param pepperFile the file of the keyset; empty for the one of a SQLite data folder
   * @param alarm told of rows that are not intact
   * @param clock tells the time
   * @throws StartRefusedException if the database cannot be opened; nothing was changed
   */
  public static FirstOwner.Outcome recover(
      ServerSettings.Database database, Optional<Path> pepperFile, SealAlarm alarm, Clock clock) {
    SecureRandom random = new SecureRandom();
    try (OpenStorage storage = OpenStorage.open(database, pepperFile, clock, random, alarm)) {
      Store store = storage.storage().store();
      BuiltInApi.ensure(store, clock);
      Issuing issuing = new Issuing(clock, random);
      return new FirstOwner(store, issuing, new SetupCodes(clock, random), clock, random)
          .recover()
          .result();
    }
  }
}
