package io.bitting.access;

import io.bitting.audit.Actor;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The rows of a small installation: an operator and two tenants, two products and Bitting itself,
 * and whatever keys a test makes.
 *
 * <p>AppSec includes {@code org:read} and {@code keys:issue} from Bitting. Library has scopes that
 * are only spelled like Bitting's.
 */
public final class SampleInstallation {
  /** When everything was made. */
  public static final Instant BEGINNING = MutableClock.START;

  /** Runs the installation. */
  public static final Organization OPERATOR = organization("Org00000Oper", "operator", true);

  /** A tenant. */
  public static final Organization ACME = organization("Org00000Acme", "acme", false);

  /** Another tenant. */
  public static final Organization GLOBEX = organization("Org0000Globx", "globex", false);

  /** Bitting itself. */
  public static final Api BITTING = api("bitting", "bit");

  /** A product that includes some of Bitting's scopes. */
  public static final Api APPSEC = api("appsec", "nex");

  /** A product that has scopes spelled like Bitting's. */
  public static final Api LIBRARY = api("library", "lib_test");

  /** The catalog of {@link #APPSEC}: {@code scans:manage} implies read and run. */
  public static final Catalog APPSEC_CATALOG =
      Catalog.of(
          APPSEC.id(),
          1,
          List.of(
              own("scans:read"),
              own("scans:run"),
              own("scans:stop"),
              own("scans:manage", "scans:read", "scans:run"),
              own("scans:admin", "scans:manage"),
              own("bot"),
              CatalogEntry.including(BuiltInScope.ORG_READ, "Organization"),
              CatalogEntry.including(BuiltInScope.KEYS_ISSUE, "Organization")));

  /** The catalog of {@link #LIBRARY}. */
  public static final Catalog LIBRARY_CATALOG =
      Catalog.of(
          LIBRARY.id(),
          1,
          List.of(
              own("scans:read"),
              own("books:read"),
              own("org:read"),
              own("keys:issue"),
              own("apis:manage")));

  private final InMemoryChangeSource rows = new InMemoryChangeSource();
  private int seed;

  /** Makes the installation, without keys. */
  public SampleInstallation() {
    rows.put(OPERATOR);
    rows.put(ACME);
    rows.put(GLOBEX);
    for (Api api : List.of(BITTING, APPSEC, LIBRARY)) {
      rows.put(api);
    }
    rows.put(Catalog.builtIn());
    rows.put(APPSEC_CATALOG);
    rows.put(LIBRARY_CATALOG);
  }

  /** Returns the rows. */
  public InMemoryChangeSource rows() {
    return rows;
  }

  private static Organization organization(String id, String slug, boolean operator) {
    return new Organization(
        new OrganizationId(id), new Slug(slug), slug, operator, false, true, BEGINNING, 1);
  }

  private static Api api(String id, String prefix) {
    return new Api(new ApiId(id), id, new KeyPrefix(prefix), null, BEGINNING, 1);
  }

  /** Describes a product's own scope. */
  public static CatalogEntry own(String name, String... implies) {
    return new CatalogEntry(
        new Scope(name),
        "Things",
        AccessLevel.WRITE,
        "Does it.",
        false,
        new TreeSet<>(Arrays.stream(implies).map(Scope::new).toList()),
        false);
  }

  /** A key with the tokens of its secrets, the newest first. */
  public record SampleKey(Key key, List<KeySecret> secrets, List<String> tokens) {

    /** Returns the token of the newest secret. */
    public String token() {
      return tokens.get(0);
    }

    /** Returns the row. */
    public KeyRow row() {
      return row(SealVerdict.INTACT);
    }

    /** Returns the row, with what the seals of the secrets say, the newest first. */
    public KeyRow row(SealVerdict... verdicts) {
      List<Sealed<KeySecret>> sealed = new ArrayList<>();
      for (int i = 0; i < secrets.size(); i++) {
        sealed.add(Sealed.of(secrets.get(i), verdicts[Math.min(i, verdicts.length - 1)]));
      }
      return new KeyRow(key, sealed);
    }

    /** Returns it with another key row. */
    public SampleKey with(Key other) {
      return new SampleKey(other, secrets, tokens);
    }
  }

  /** Begins a key. */
  public KeyBuilder key(Organization owner, Api api) {
    return new KeyBuilder(owner, api, ++seed);
  }

  /** Puts a key's row as it is now. */
  public Position put(SampleKey key) {
    return rows.put(key.row());
  }

  /**
   * Makes a key. Without further words it has all scopes, no reach and no expiry, and is active.
   */
  public final class KeyBuilder {
    private final Organization owner;
    private final Api api;
    private final SeededRandom random;
    private final List<KeySecret> secrets = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final KeyId id;
    private GrantedScopes scopes = GrantedScopes.all();
    private Reach reach = Reach.none();
    private KeyState state = KeyState.ACTIVE;

    private KeyBuilder(Organization owner, Api api, int seed) {
      this.owner = owner;
      this.api = api;
      this.random = new SeededRandom(seed);
      this.id = KeyId.generate(random);
    }

    /** Grants these scopes only. */
    public KeyBuilder scopes(String... names) {
      scopes = GrantedScopes.specific(Arrays.stream(names).map(Scope::new).toList());
      return this;
    }

    /** Gives it a reach. */
    public KeyBuilder reach(Reach of) {
      reach = of;
      return this;
    }

    /** Puts it in a state. */
    public KeyBuilder state(KeyState in) {
      state = in;
      return this;
    }

    /** Adds a secret that expires, older than those added before. */
    public KeyBuilder secretUntil(Instant expiresAt) {
      return secret(Optional.of(expiresAt));
    }

    private KeyBuilder secret(Optional<Instant> expiresAt) {
      MintedToken minted = MintedToken.mint(api.prefix(), id, random);
      secrets.add(
          new KeySecret(
              id, 9 - secrets.size(), minted.digest(), BEGINNING, expiresAt.orElse(null), 1));
      tokens.add(minted.revealOnce());
      return this;
    }

    /** Adds a secret that never expires, older than those added before. */
    public KeyBuilder secretForEver() {
      return secret(Optional.empty());
    }

    /** Makes it without putting it among the rows. */
    public SampleKey make() {
      if (secrets.isEmpty()) {
        secretForEver();
      }
      Grant grant = new Grant(api.id(), scopes, reach);
      Key key =
          new Key(
              id,
              owner.id(),
              "key-" + id,
              "",
              grant,
              grant.id(),
              state,
              BEGINNING,
              new Actor(Actor.Kind.OPERATOR, "test"),
              state == KeyState.REVOKED ? BEGINNING : null,
              1);
      return new SampleKey(key, List.copyOf(secrets), List.copyOf(tokens));
    }

    /** Makes it and puts it among the rows. */
    public SampleKey put() {
      SampleKey key = make();
      SampleInstallation.this.put(key);
      return key;
    }
  }
}
