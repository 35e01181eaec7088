package io.bitting.server.setup;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.ApiId;
import io.bitting.key.KeyPrefix;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Puts the built-in API and its catalog into a database that lacks them, or has those of an older
 * version.
 */
public final class BuiltInApi {
  private BuiltInApi() {}

  /**
   * Brings the built-in API up to this version.
   *
   * @param store the database
   * @param clock tells the time
   */
  public static void ensure(Store store, Clock clock) {
    store.write(writer -> {
      boolean added = writer.api(ApiId.BITTING).isEmpty();
      if (added) {
        writer.insertApi(
            new Api(
                ApiId.BITTING,
                "Bitting",
                new KeyPrefix("bit"),
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                1));
      }
      boolean changed = putCatalog(writer);
      if (added || changed) {
        writer.audit(
            AuditChain.INSTALLATION,
            new AuditEvent.Act(
                "catalog.changed",
                new Actor(Actor.Kind.OPERATOR, "serve"),
                new AuditEvent.Target("catalog", ApiId.BITTING.text()),
                Optional.empty(),
                List.of()),
            Optional.empty());
      }
      return added;
    });
  }

  private static boolean putCatalog(Writer writer) {
    Catalog wanted = Catalog.builtIn();
    Optional<Catalog> stored = writer.catalog(ApiId.BITTING).flatMap(Sealed::intact);
    if (stored
        .filter(known -> List.copyOf(known.entries()).equals(List.copyOf(wanted.entries())))
        .isPresent()) {
      return false;
    }
    if (stored.isEmpty() && writer.catalog(ApiId.BITTING).isPresent()) {
      // Altered behind the product's back: stays so, and is refused, until somebody looks at it.
      return false;
    }
    int version = stored.map(known -> known.version() + 1).orElse(1);
    writer.putCatalog(Catalog.of(ApiId.BITTING, version, wanted.entries()));
    return true;
  }
}
