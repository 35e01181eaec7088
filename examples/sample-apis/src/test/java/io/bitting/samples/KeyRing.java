package io.bitting.samples;

import io.bitting.access.Follower;
import io.bitting.access.KeyIndex;
import io.bitting.access.LocalAuthorizer;
import io.bitting.audit.Actor;
import io.bitting.fixtures.MutableClock;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.ChangeSource;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Keys in memory behind core's own index, follower and authorizer: everything that decides is real,
 * only storage is not.
 */
public final class KeyRing implements ChangeSource, AutoCloseable {
  /** What the authorizer's clock shows. */
  public static final Instant NOW = MutableClock.START;

  private final SecureRandom random = new SecureRandom();
  private final Map<OrganizationId, Organization> organizations = new LinkedHashMap<>();
  private final Map<ApiId, Api> apis = new LinkedHashMap<>();
  private final Map<ApiId, Catalog> catalogs = new LinkedHashMap<>();
  private final Map<ApiId, Operations> operations = new LinkedHashMap<>();
  private final Map<KeyId, KeyRow> keys = new LinkedHashMap<>();
  private final Semaphore wakes = new Semaphore(0);
  private final KeyIndex index = new KeyIndex();
  private final Follower follower =
      new Follower(
          this,
          index,
          new Follower.Timing(Duration.ofSeconds(1), Duration.ofHours(1)),
          failure -> {
            throw failure;
          });
  private long seq;

  /** A key with its token. */
  public record Held(KeyId id, OrganizationId organization, String token) {}

  /** Makes an API. */
  public synchronized ApiId api(String prefix, Catalog catalog) {
    ApiId id = catalog.api();
    apis.put(id, new Api(id, id.text(), new KeyPrefix(prefix), null, NOW, 1));
    catalogs.put(id, catalog);
    seq++;
    return id;
  }

  /** Gives an API operations. */
  public synchronized void operations(Operations row) {
    operations.put(row.api(), row);
    seq++;
  }

  /** Makes an organization. */
  public synchronized OrganizationId organization(String slug, boolean operator) {
    OrganizationId id = OrganizationId.generate(random);
    organizations.put(
        id, new Organization(id, new Slug(slug), slug, operator, false, true, NOW, 1));
    seq++;
    return id;
  }

  /** Suspends an organization. */
  public synchronized void suspend(OrganizationId id) {
    organizations.computeIfPresent(id, (same, organization) -> organization.suspended(true));
    seq++;
  }

  /** Makes a key of all scopes. */
  public Held all(OrganizationId organization, ApiId api) {
    return key(organization, api, GrantedScopes.all(), NOW.plusSeconds(3600));
  }

  /** Makes a key of specific scopes. */
  public Held specific(OrganizationId organization, ApiId api, String... scopes) {
    return specific(organization, api, Arrays.stream(scopes).map(Scope::new).toList());
  }

  /** Makes a key of specific scopes. */
  public Held specific(OrganizationId organization, ApiId api, List<Scope> scopes) {
    return key(organization, api, GrantedScopes.specific(scopes), NOW.plusSeconds(3600));
  }

  /** Makes a key of all scopes that expires. */
  public Held expiring(OrganizationId organization, ApiId api, Instant at) {
    return key(organization, api, GrantedScopes.all(), at);
  }

  private synchronized Held key(
      OrganizationId organization, ApiId api, GrantedScopes scopes, Instant expiresAt) {
    KeyId id = KeyId.generate(random);
    MintedToken token = MintedToken.mint(apis.get(api).prefix(), id, random);
    Grant grant = Grant.of(api, scopes);
    Actor maker = new Actor(Actor.Kind.OPERATOR, "test");
    Key key =
        new Key(
            id,
            organization,
            id.text(),
            "",
            grant,
            grant.id(),
            KeyState.ACTIVE,
            NOW,
            maker,
            null,
            1);
    KeySecret secret = new KeySecret(id, 1, token.digest(), NOW, expiresAt, 1);
    keys.put(id, new KeyRow(key, List.of(Sealed.of(secret, SealVerdict.INTACT))));
    seq++;
    return new Held(id, organization, token.revealOnce());
  }

  /** Revokes a key, and returns when no check passes any more. */
  public Held revoke(Held held) {
    return change(held, key -> key.revoked(NOW));
  }

  /** Disables a key, and returns when no check passes any more. */
  public Held disable(Held held) {
    return change(held, key -> key.disabled(true));
  }

  private Held change(Held held, UnaryOperator<Key> change) {
    Position changed;
    synchronized (this) {
      keys.computeIfPresent(
          held.id(), (id, row) -> new KeyRow(change.apply(row.key()), row.secrets()));
      seq++;
      changed = position();
    }
    if (index.isLoaded() && !follower.await(changed, Duration.ofSeconds(30))) {
      throw new IllegalStateException("the follower does not follow");
    }
    return held;
  }

  /** Starts to follow what was made, and returns what decides. */
  public LocalAuthorizer start() {
    follower.start();
    return new LocalAuthorizer(index, Clock.fixed(NOW, ZoneOffset.UTC), LocalAuthorizer.MAX_STALE);
  }

  @Override
  public void close() {
    follower.close();
  }

  private Position position() {
    return new Position("ring", seq);
  }

  @Override
  public synchronized Position load(Intake intake) {
    organizations.values().forEach(row -> intake.organization(Sealed.of(row, SealVerdict.INTACT)));
    apis.values().forEach(row -> intake.api(Sealed.of(row, SealVerdict.INTACT)));
    catalogs.values().forEach(row -> intake.catalog(Sealed.of(row, SealVerdict.INTACT)));
    operations.values().forEach(row -> intake.operations(Sealed.of(row, SealVerdict.INTACT)));
    keys.values().forEach(row -> intake.key(Sealed.of(row, SealVerdict.INTACT)));
    return position();
  }

  @Override
  public synchronized Optional<Position> resume(Position after, Intake intake) {
    return after.equals(position()) ? Optional.of(after) : Optional.empty();
  }

  @Override
  public void await(Duration atMost) throws InterruptedException {
    if (wakes.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      wakes.drainPermits();
    }
  }

  @Override
  public void wake() {
    wakes.release();
  }
}
