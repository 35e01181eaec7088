package io.bitting.benchmarks;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.operation.PathTemplate;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import io.bitting.store.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The rows of an installation that guards the AppSec API: its catalog, organizations, 500 distinct
 * grants, and keys with real tokens and digests. Each key has an organization and a grant that are
 * chosen uniformly; every grant has {@link #COMMON}.
 *
 * <p>Keeps no key. Not thread-safe.
 */
final class Population {
  static final int GRANTS = 500;
  static final int ORGANIZATIONS = 10_000;

  private static final int OPERATIONS = 700;

  /** Every key may do this. */
  static final Scope COMMON = new Scope("scans:read");

  static final Actor LOADER = new Actor(Actor.Kind.OPERATOR, "benchmarks");

  private static final Path CATALOG = Path.of("catalogs/appsec.yaml");
  private static final Duration LIFETIME = Duration.ofDays(90);

  private final Instant now;
  private final SecureRandom secure = new SecureRandom();
  private final SplittableRandom random = new SplittableRandom(2);
  private final Api api;
  private final Catalog catalog;
  private final List<Organization> organizations = new ArrayList<>();
  private final List<Grant> grants = new ArrayList<>();
  private final List<GrantId> grantIds = new ArrayList<>();

  /** A key, its secret, the token that proves it, and one of the scopes that it has. */
  record Made(Key key, KeySecret secret, MintedToken token, Scope scope) {}

  /** Makes everything but keys, as of an instant in whole milliseconds. */
  Population(Instant now) {
    this.now = now;
    CatalogDocument document = document();
    api = new Api(document.api(), document.name(), document.prefix(), null, now, 1);
    catalog = Catalog.of(document.api(), 1, document.entries());
    for (int i = 0; i < ORGANIZATIONS; i++) {
      organizations.add(organization("customer-" + i, false));
    }
    Set<Grant> distinct = new LinkedHashSet<>();
    while (distinct.size() < GRANTS) {
      distinct.add(grant());
    }
    grants.addAll(distinct);
    grants.forEach(grant -> grantIds.add(grant.id()));
  }

  private static CatalogDocument document() {
    try {
      return switch (CatalogDocument.parse(Files.readString(CATALOG))) {
        case CatalogDocument.Sound(CatalogDocument document) -> document;
        case CatalogDocument.Faulty(List<CatalogFault> faults) ->
            throw new IllegalStateException(CATALOG + " is no catalog: " + faults);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an organization. */
  Organization organization(String slug, boolean operator) {
    return new Organization(
        OrganizationId.generate(secure), new Slug(slug), slug, operator, false, true, now, 1);
  }

  /** The common scope, and each of the others by the toss of a coin. */
  private Grant grant() {
    List<Scope> scopes = new ArrayList<>(List.of(COMMON));
    for (Scope scope : catalog.scopes()) {
      if (random.nextBoolean()) {
        scopes.add(scope);
      }
    }
    return Grant.of(api.id(), GrantedScopes.specific(scopes));
  }

  Api api() {
    return api;
  }

  Catalog catalog() {
    return catalog;
  }

  /** Operations to read scans, as many as an API of some size has. */
  Operations operations() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      String collection = i == 0 ? "/scans" : "/scans" + i;
      operations.add(operation(collection + "/{id}"));
    }
    return new Operations(api.id(), 1, false, operations);
  }

  private static Operation operation(String path) {
    return new Operation(
        "GET", PathTemplate.of(path), Requirement.allOf(COMMON.text()), "", "", "");
  }

  List<Organization> organizations() {
    return organizations;
  }

  /** Makes a key with a name of its own. */
  Made key(String name) {
    int number = random.nextInt(GRANTS);
    Grant grant = grants.get(number);
    Organization organization = organizations.get(random.nextInt(ORGANIZATIONS));
    List<Scope> scopes = List.copyOf(grant.scopes().named());
    return key(
        name,
        organization,
        api,
        grant,
        grantIds.get(number),
        scopes.get(random.nextInt(scopes.size())));
  }

  /** Makes a key of one's own choice. */
  Made key(String name, Organization owner, Api of, Grant grant) {
    return key(name, owner, of, grant, grant.id(), grant.scopes().named().getFirst());
  }

  private Made key(
      String name, Organization owner, Api of, Grant grant, GrantId grantId, Scope scope) {
    KeyId id = KeyId.generate(secure);
    MintedToken token = MintedToken.mint(of.prefix(), id, secure);
    Key key =
        new Key(id, owner.id(), name, "", grant, grantId, KeyState.ACTIVE, now, LOADER, null, 1);
    return new Made(
        key, new KeySecret(id, 1, token.digest(), now, now.plus(LIFETIME), 1), token, scope);
  }
}
