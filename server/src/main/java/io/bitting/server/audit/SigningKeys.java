package io.bitting.server.audit;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.SigningKey;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** Puts a key that signs checkpoints into a database that has none. */
public final class SigningKeys {
  private SigningKeys() {}

  /**
   * Makes the first signing key, unless there is one, intact or not: another in place of one that
   * was tampered with would hide that.
   *
   * @param store the database
   * @param random gives the key its bits
   */
  public static void ensure(Store store, SecureRandom random) {
    if (!hasOne(store)) {
      try {
        add(store, SigningKey.generate(random));
      } catch (StoreException.Conflict e) {
        // Another node has made one at the same moment.
      }
    }
  }

  private static boolean hasOne(Store store) {
    return store.<Boolean>read(reader -> !reader.signingKeys().isEmpty());
  }

  private static void add(Store store, SigningKey key) {
    store.write(writer -> {
      if (!writer.signingKeys().isEmpty()) {
        return false;
      }
      writer.addSigningKey(key);
      writer.audit(
          AuditChain.INSTALLATION,
          new AuditEvent.Act(
              "signing_key.created",
              new Actor(Actor.Kind.OPERATOR, "serve"),
              new AuditEvent.Target("signing_key", key.verifying().id()),
              Optional.empty(),
              List.of(new AuditEvent.Change("public_key", null, key.verifying().der().hex()))),
          Optional.empty());
      return true;
    });
  }
}
