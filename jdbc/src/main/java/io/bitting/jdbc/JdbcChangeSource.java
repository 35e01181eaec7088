package io.bitting.jdbc;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Follows the changes of a database: a poll, woken early where possible. */
final class JdbcChangeSource implements ChangeSource {

  /** Wake-ups get lost, and other processes write the same SQLite file without any. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final int KEYS_AT_A_TIME = 500;

  private final Engine engine;
  private final Seals seals;
  private final Wakening wakening;
  private final AtomicBoolean listening = new AtomicBoolean();

  JdbcChangeSource(Engine engine, Seals seals, Wakening wakening) {
    this.engine = engine;
    this.seals = seals;
    this.wakening = wakening;
  }

  @Override
  public Position load(Intake intake) {
    return engine.readAtLength(handle -> {
      try (JdbcReader reader = new JdbcReader(handle, seals, engine)) {
        Position position = reader.position();
        reader.organizations.all(intake::organization);
        reader.apis.all(intake::api);
        reader.catalogs.all().forEach(intake::catalog);
        reader.operations.all().forEach(intake::operations);
        reader.keys.all(intake::key);
        return position;
      }
    });
  }

  @Override
  public Optional<Position> resume(Position after, Intake intake) {
    return engine.readAtLength(handle -> {
      try (JdbcReader reader = new JdbcReader(handle, seals, engine)) {
        Position head = reader.position();
        if (head.equals(after)) {
          return Optional.of(head);
        }
        // A head that lies behind belongs to an older state of the database, such as a restored
        // backup.
        if (!head.hasReached(after)) {
          return Optional.empty();
        }
        Optional<Set<Change>> changes = reader.changeLog.between(after.seq(), head.seq());
        changes.ifPresent(present -> handOver(present, reader, intake));
        return changes.map(present -> head);
      }
    });
  }

  /**
   * Hands over what changed as it is now. What is gone, or unreadable and alarmed about, is handed
   * over as gone.
   */
  private static void handOver(Set<Change> changes, JdbcReader reader, Intake intake) {
    for (OrganizationId id : ids(changes, Change.ORGANIZATION, OrganizationId::parse)) {
      reader
          .organizations
          .find(id)
          .ifPresentOrElse(intake::organization, () -> intake.organizationGone(id));
    }
    Set<ApiId> catalogs = ids(changes, Change.CATALOG, ApiId::parse);
    Set<ApiId> apis = ids(changes, Change.API, ApiId::parse);
    apis.addAll(catalogs);
    for (ApiId id : apis) {
      Optional<Sealed<Api>> api = reader.apis.find(id);
      Optional<Sealed<Catalog>> catalog = reader.catalogs.find(id);
      if (api.isPresent() && (catalog.isPresent() || !catalogs.contains(id))) {
        intake.api(api.get());
        catalog.ifPresent(intake::catalog);
      } else {
        intake.apiGone(id);
      }
    }
    for (ApiId id : ids(changes, Change.OPERATIONS, ApiId::parse)) {
      reader
          .operations
          .find(id)
          .ifPresentOrElse(intake::operations, () -> intake.operationsGone(id));
    }
    handOver(List.copyOf(ids(changes, Change.KEY, KeyId::parse)), reader, intake);
  }

  private static void handOver(List<KeyId> keys, JdbcReader reader, Intake intake) {
    for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
      Set<KeyId> gone =
          new LinkedHashSet<>(keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME)));
      for (Sealed<KeyRow> row : reader.keys.find(List.copyOf(gone))) {
        gone.remove(row.unchecked().key().id());
        intake.key(row);
      }
      gone.forEach(intake::keyGone);
    }
  }

  private static <T> Set<T> ids(
      Set<Change> changes, String entity, Function<String, Optional<T>> parser) {
    Set<T> ids = new LinkedHashSet<>();
    for (Change change : changes) {
      if (change.entity().equals(entity)) {
        parser.apply(change.id()).ifPresent(ids::add);
      }
    }
    return ids;
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    if (listening.compareAndSet(false, true)) {
      engine.listen(wakening::wake);
    }
    wakening.await(atMost.compareTo(POLL) < 0 ? atMost : POLL);
  }

  @Override
  public void wake() {
    wakening.wake();
  }
}
