package io.bitting.access;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.Replacement;
import io.bitting.operation.OperationIndex;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every live key in memory, with what a check needs: at most 200 bytes of heap a key.
 *
 * <p><b>Security guarantees.</b> Rows that are not intact are not in it, and rows that refer to
 * such rows allow nothing. Only digests of secrets are held. Not given: it is as current as its
 * follower; {@link #age} says how current.
 *
 * <p>Thread-safe: one {@link Follower} writes, any number of threads read without waiting.
 */
public final class KeyIndex {
  private static final Position NOWHERE = new Position("-", 0);

  private final LongSupplier nanoTime;
  private volatile Contents contents = new Contents(0);
  private volatile boolean loaded;
  private volatile long confirmedAt;

  /** Each veto has a token of its own, so that lifting one does not lift one made later. */
  private final ConcurrentMap<KeyId, Object> vetoes = new ConcurrentHashMap<>();

  /** Makes an empty index, which answers nothing until a follower has loaded it. */
  public KeyIndex() {
    this(System::nanoTime);
  }

  /**
   * Makes an empty index with a given ticker.
   *
   * @param nanoTime counts nanoseconds, as {@link System#nanoTime} does
   */
  public KeyIndex(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.confirmedAt = nanoTime.getAsLong();
  }

  /** Returns the position of the last change that is in the index. */
  public Position position() {
    return contents.position;
  }

  /** Returns how many keys it has, in whatever state. */
  public int size() {
    return contents.keys.size();
  }

  /** Tells whether it was loaded. */
  public boolean isLoaded() {
    return loaded;
  }

  /** Returns how long ago it was last known to be current. */
  public Duration age() {
    return Duration.ofNanos(ageNanos());
  }

  long ageNanos() {
    return nanoTime.getAsLong() - confirmedAt;
  }

  /**
   * Refuses a key from now on, whatever its row says, until storage was asked for changes again:
   * for a revocation whose commit is unknown.
   *
   * @param key the key
   */
  public void veto(KeyId key) {
    vetoes.put(key, new Object());
  }

  boolean isVetoed(IndexedKey key) {
    return !vetoes.isEmpty() && vetoes.containsKey(key.id());
  }

  /** Returns the vetoes that stand. For the follower, to be asked before it reads. */
  Map<KeyId, Object> vetoes() {
    return Map.copyOf(vetoes);
  }

  /** Lifts vetoes; one that was made again meanwhile stays. */
  void lift(Map<KeyId, Object> read) {
    read.forEach((key, token) -> vetoes.remove(key, token));
  }

  Contents contents() {
    return contents;
  }

  /** Puts other contents, which are current, in the place of the old ones. */
  void replace(Contents next) {
    contents = next;
    loaded = true;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Takes note that the index was current at a moment. */
  void confirm(long at) {
    confirmedAt = at;
  }

  /** The rows of one database, worked out. Written by the follower only. */
  static final class Contents implements ChangeSource.Intake {
    final KeyTable keys;
    private final Map<OrganizationId, OrganizationSlot> organizations = new ConcurrentHashMap<>();
    private final Map<ApiId, ApiState> apis = new ConcurrentHashMap<>();
    private final Map<ApiId, OperationIndex> operations = new ConcurrentHashMap<>();
    private final Map<ApiId, Operations> intactOperations = new ConcurrentHashMap<>();
    private final Map<ApiId, Api> intactApis = new HashMap<>();
    private final Map<ApiId, Catalog> intactCatalogs = new HashMap<>();
    private final Map<GrantId, GrantSlot> grants = new HashMap<>();
    private final Map<ApiId, List<GrantSlot>> grantsOfApi = new HashMap<>();
    private final Set<KeyId> undecidable = ConcurrentHashMap.newKeySet();
    private final Set<ApiId> undecidableApis = ConcurrentHashMap.newKeySet();
    private final Set<ApiId> undecidableOperations = ConcurrentHashMap.newKeySet();
    volatile Position position = NOWHERE;

    Contents(int expectedKeys) {
      keys = new KeyTable(expectedKeys);
    }

    @Nullable ApiState api(ApiId id) {
      return apis.get(id);
    }

    /** Tells whether a key is known but its seal cannot be judged. */
    boolean isUndecidable(long high, int low) {
      return !undecidable.isEmpty() && undecidable.contains(new KeyId(high, low));
    }

    boolean isUndecidable(ApiId api) {
      return !undecidableApis.isEmpty() && undecidableApis.contains(api);
    }

    @Nullable OperationIndex operations(ApiId api) {
      return operations.get(api);
    }

    /** Returns an API with all that is known of it, or null if something is missing. */
    @Nullable KnownApi known(ApiId id) {
      ApiState state = apis.get(id);
      Operations all = intactOperations.get(id);
      return state == null || all == null ? null : new KnownApi(state.api(), state.catalog(), all);
    }

    /** Tells whether an API has operations whose seal cannot be judged. */
    boolean hasUndecidableOperations(ApiId api) {
      return !undecidableOperations.isEmpty() && undecidableOperations.contains(api);
    }

    @Override
    public void organization(Sealed<Organization> row) {
      OrganizationSlot slot = slot(row.unchecked().id());
      slot.standing = row.intact().map(OrganizationSlot.Standing::of).orElse(null);
      slot.undecidable = row.verdict() == SealVerdict.UNKNOWN_VERSION;
    }

    private OrganizationSlot slot(OrganizationId id) {
      return organizations.computeIfAbsent(id, OrganizationSlot::new);
    }

    @Override
    public void api(Sealed<Api> row) {
      put(intactApis, row.unchecked().id(), row.intact());
      compile(row.unchecked().id(), row.verdict());
    }

    @Override
    public void catalog(Sealed<Catalog> row) {
      put(intactCatalogs, row.unchecked().api(), row.intact());
      compile(row.unchecked().api(), row.verdict());
    }

    private static <V> void put(Map<ApiId, V> map, ApiId id, Optional<V> value) {
      if (value.isPresent()) {
        map.put(id, value.get());
      } else {
        map.remove(id);
      }
    }

    /** Works out an API's grants anew. A check under way goes on with the ones before. */
    private void compile(ApiId id, SealVerdict verdict) {
      Api api = intactApis.get(id);
      Catalog catalog = intactCatalogs.get(id);
      if (verdict == SealVerdict.UNKNOWN_VERSION) {
        undecidableApis.add(id);
      } else if (api != null && catalog != null) {
        undecidableApis.remove(id);
      }
      ApiState state = api == null || catalog == null ? null : new ApiState(api, catalog);
      if (state == null) {
        apis.remove(id);
      } else {
        apis.put(id, state);
      }
      for (GrantSlot slot : grantsOfApi.getOrDefault(id, List.of())) {
        slot.compiled = state == null ? null : GrantSlot.Compiled.of(slot.grant, state);
      }
    }

    @Override
    public void operations(Sealed<Operations> row) {
      ApiId api = row.unchecked().api();
      put(operations, api, row.intact().map(all -> OperationIndex.of(all.list())));
      put(intactOperations, api, row.intact());
      if (row.verdict() == SealVerdict.UNKNOWN_VERSION) {
        undecidableOperations.add(api);
      } else {
        undecidableOperations.remove(api);
      }
    }

    @Override
    public void operationsGone(ApiId api) {
      operations.remove(api);
      intactOperations.remove(api);
      undecidableOperations.remove(api);
    }

    @Override
    public void key(Sealed<KeyRow> row) {
      KeyId id = row.unchecked().key().id();
      Optional<IndexedKey> indexed = row.intact().flatMap(this::index);
      if (indexed.isPresent()) {
        keys.put(indexed.get());
      } else {
        keys.remove(id.high(), id.low());
      }
      if (isUndecidable(row)) {
        undecidable.add(id);
      } else {
        undecidable.remove(id);
      }
    }

    /** Tells whether the row or one of its secrets may be intact, for all that can be said here. */
    private static boolean isUndecidable(Sealed<KeyRow> row) {
      return row.verdict() == SealVerdict.UNKNOWN_VERSION
          || row.unchecked().secrets().stream()
              .anyMatch(secret -> secret.verdict() == SealVerdict.UNKNOWN_VERSION);
    }

    private Optional<IndexedKey> index(KeyRow row) {
      Key key = row.key();
      Optional<GrantSlot> grant = slot(key.grantId(), key.grant());
      List<KeySecret> secrets = new ArrayList<>();
      for (Sealed<KeySecret> secret : row.secrets()) {
        secret.intact().filter(s -> s.key().equals(key.id())).ifPresent(secrets::add);
      }
      if (secrets.isEmpty() || grant.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new IndexedKey(
              key.id(),
              key.state(),
              indexed(secrets.get(0)),
              passing(key.replacement(), secrets),
              slot(key.organization()),
              grant.get()));
    }

    private static IndexedKey.@Nullable Passing passing(
        @Nullable Replacement replacement, List<KeySecret> secrets) {
      boolean rotated = secrets.size() > 1;
      if (replacement == null && !rotated) {
        return null;
      }
      return new IndexedKey.Passing(
          rotated ? indexed(secrets.get(1)) : null,
          rotated ? millis(secrets.get(0).createdAt()) : IndexedKey.NEVER,
          replacement == null ? IndexedKey.NEVER : millis(replacement.at()),
          replacement == null ? IndexedKey.NEVER : millis(replacement.endsAt()));
    }

    private static IndexedKey.Secret indexed(KeySecret secret) {
      return new IndexedKey.Secret(secret.number(), secret.digest(), millis(secret.expiresAt()));
    }

    private static long millis(@Nullable Instant time) {
      return time == null ? IndexedKey.NEVER : time.toEpochMilli();
    }

    /** Finds or makes the slot of a grant; nothing if the grant is not the one that its id says. */
    private Optional<GrantSlot> slot(GrantId id, Grant grant) {
      GrantSlot known = grants.get(id);
      if (known != null) {
        return Optional.of(known);
      }
      if (!grant.id().equals(id)) {
        return Optional.empty();
      }
      GrantSlot slot = new GrantSlot(grant);
      ApiState state = apis.get(grant.api());
      slot.compiled = state == null ? null : GrantSlot.Compiled.of(grant, state);
      grants.put(id, slot);
      grantsOfApi.computeIfAbsent(grant.api(), api -> new ArrayList<>()).add(slot);
      return Optional.of(slot);
    }

    @Override
    public void organizationGone(OrganizationId id) {
      OrganizationSlot slot = slot(id);
      slot.standing = null;
      slot.undecidable = false;
    }

    @Override
    public void apiGone(ApiId id) {
      intactApis.remove(id);
      intactCatalogs.remove(id);
      compile(id, SealVerdict.BROKEN);
    }

    @Override
    public void keyGone(KeyId id) {
      keys.remove(id.high(), id.low());
      undecidable.remove(id);
    }
  }
}
