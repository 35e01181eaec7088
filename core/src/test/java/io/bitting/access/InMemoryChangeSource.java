package io.bitting.access;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ChangeSource} whose rows are put by hand, and which fails as real storage does: it can
 * be cut off, lose changes, become another database, and have rows altered behind its back.
 *
 * <p>What is put is sealed {@link SealVerdict#INTACT} unless a verdict is given. Does not wake a
 * follower by itself. Thread-safe.
 */
public final class InMemoryChangeSource implements ChangeSource {
  private final Map<OrganizationId, Sealed<Organization>> organizations = new LinkedHashMap<>();
  private final Map<ApiId, Sealed<Api>> apis = new LinkedHashMap<>();
  private final Map<ApiId, Sealed<Catalog>> catalogs = new LinkedHashMap<>();
  private final Map<ApiId, Sealed<Operations>> operations = new LinkedHashMap<>();
  private final Map<KeyId, Sealed<KeyRow>> keys = new LinkedHashMap<>();

  /** The change with number {@code n} is at {@code n - 1 - forgotten}. */
  private final List<Consumer<Intake>> changes = new ArrayList<>();

  private long forgotten;
  private int epoch = 1;
  private int loads;
  private int resumes;
  private @Nullable RuntimeException failure;
  private @Nullable Hold hold;
  private final Semaphore woken = new Semaphore(0);

  /** Where a load that is held stops: half of the rows are handed over. */
  public static final class Hold {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Waits until the load has come here. */
    public void awaitReached() {
      await(reached);
    }

    /** Lets the load go on. */
    public void release() {
      released.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("waited 20 s in vain");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Puts an organization. */
  public Position put(Organization organization) {
    return put(organization, SealVerdict.INTACT);
  }

  /** Puts an organization with what its seal says. */
  public synchronized Position put(Organization organization, SealVerdict verdict) {
    alter(organization, verdict);
    OrganizationId id = organization.id();
    return changed(intake -> {
      Sealed<Organization> row = organizations.get(id);
      if (row == null) {
        intake.organizationGone(id);
      } else {
        intake.organization(row);
      }
    });
  }

  /** Alters an organization without a change entry. */
  public synchronized void alter(Organization organization, SealVerdict verdict) {
    organizations.put(organization.id(), Sealed.of(organization, verdict));
  }

  /** Removes an organization. */
  public synchronized Position removeOrganization(OrganizationId id) {
    organizations.remove(id);
    return changed(intake -> intake.organizationGone(id));
  }

  /** Puts an API. */
  public Position put(Api api) {
    return put(api, SealVerdict.INTACT);
  }

  /** Puts an API with what its seal says. */
  public synchronized Position put(Api api, SealVerdict verdict) {
    apis.put(api.id(), Sealed.of(api, verdict));
    return apiChanged(api.id());
  }

  /** Puts a catalog. */
  public Position put(Catalog catalog) {
    return put(catalog, SealVerdict.INTACT);
  }

  /** Puts a catalog with what its seal says. */
  public synchronized Position put(Catalog catalog, SealVerdict verdict) {
    alter(catalog, verdict);
    return apiChanged(catalog.api());
  }

  /** Alters a catalog without a change entry. */
  public synchronized void alter(Catalog catalog, SealVerdict verdict) {
    catalogs.put(catalog.api(), Sealed.of(catalog, verdict));
  }

  /** Puts the operations of an API. */
  public Position put(Operations operations) {
    return put(operations, SealVerdict.INTACT);
  }

  /** Puts the operations of an API with what their seal says. */
  public synchronized Position put(Operations all, SealVerdict verdict) {
    operations.put(all.api(), Sealed.of(all, verdict));
    return operationsChanged(all.api());
  }

  /** Removes the operations of an API. */
  public synchronized Position removeOperations(ApiId id) {
    operations.remove(id);
    return operationsChanged(id);
  }

  private Position operationsChanged(ApiId id) {
    return changed(intake -> {
      Sealed<Operations> row = operations.get(id);
      if (row == null) {
        intake.operationsGone(id);
      } else {
        intake.operations(row);
      }
    });
  }

  /** Removes an API and its catalog. */
  public synchronized Position removeApi(ApiId id) {
    apis.remove(id);
    catalogs.remove(id);
    return apiChanged(id);
  }

  private Position apiChanged(ApiId id) {
    return changed(intake -> {
      Sealed<Api> api = apis.get(id);
      Sealed<Catalog> catalog = catalogs.get(id);
      if (api == null) {
        intake.apiGone(id);
      } else {
        intake.api(api);
      }
      if (catalog != null) {
        intake.catalog(catalog);
      }
    });
  }

  /** Puts a key. */
  public Position put(KeyRow key) {
    return put(key, SealVerdict.INTACT);
  }

  /** Puts a key with what its seal says. */
  public synchronized Position put(KeyRow key, SealVerdict verdict) {
    alter(key, verdict);
    KeyId id = key.key().id();
    return changed(intake -> {
      Sealed<KeyRow> row = keys.get(id);
      if (row == null) {
        intake.keyGone(id);
      } else {
        intake.key(row);
      }
    });
  }

  /** Alters a key without a change entry. */
  public synchronized void alter(KeyRow key, SealVerdict verdict) {
    keys.put(key.key().id(), Sealed.of(key, verdict));
  }

  /** Removes a key. */
  public synchronized Position removeKey(KeyId id) {
    keys.remove(id);
    return changed(intake -> intake.keyGone(id));
  }

  private Position changed(Consumer<Intake> change) {
    changes.add(change);
    return position();
  }

  /** Returns the position of the last change. */
  public synchronized Position position() {
    return new Position("memory-" + epoch, forgotten + changes.size());
  }

  /** Forgets all changes, so that only a load brings a follower up. */
  public synchronized void loseChanges() {
    forgotten += changes.size() + 1;
    changes.clear();
  }

  /** Becomes another database with the same rows. */
  public synchronized void becomeAnother() {
    epoch++;
    forgotten = 0;
    changes.clear();
  }

  /** Fails from now on. */
  public synchronized void cutOff(RuntimeException with) {
    failure = with;
  }

  /** Works again. */
  public synchronized void reconnect() {
    failure = null;
  }

  /** Stops the next load at its half. */
  public synchronized Hold holdNextLoad() {
    Hold next = new Hold();
    hold = next;
    return next;
  }

  /** Returns how often everything was read, or begun to be. */
  public synchronized int loads() {
    return loads;
  }

  /** Returns how often changes were asked for. */
  public synchronized int resumes() {
    return resumes;
  }

  @Override
  public Position load(Intake intake) {
    List<Consumer<Intake>> rows = new ArrayList<>();
    Position position;
    Hold stop;
    synchronized (this) {
      loads++;
      failIfCutOff();
      organizations.values().forEach(row -> rows.add(to -> to.organization(row)));
      apis.values().forEach(row -> rows.add(to -> to.api(row)));
      catalogs.values().forEach(row -> rows.add(to -> to.catalog(row)));
      operations.values().forEach(row -> rows.add(to -> to.operations(row)));
      keys.values().forEach(row -> rows.add(to -> to.key(row)));
      position = position();
      stop = hold;
      hold = null;
    }
    for (int i = 0; i < rows.size(); i++) {
      if (stop != null && i == rows.size() / 2) {
        stop.reached.countDown();
        Hold.await(stop.released);
        synchronized (this) {
          failIfCutOff();
        }
      }
      rows.get(i).accept(intake);
    }
    return position;
  }

  @Override
  public synchronized Optional<Position> resume(Position after, Intake intake) {
    resumes++;
    failIfCutOff();
    Position position = position();
    if (!after.epoch().equals(position.epoch())
        || after.seq() < forgotten
        || after.seq() > position.seq()) {
      return Optional.empty();
    }
    changes
        .subList((int) (after.seq() - forgotten), changes.size())
        .forEach(change -> change.accept(intake));
    return Optional.of(position);
  }

  private void failIfCutOff() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    if (woken.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      woken.drainPermits();
    }
  }

  @Override
  public void wake() {
    woken.release();
  }
}
