package io.bitting.access;

import io.bitting.grant.Grant;
import io.bitting.id.ApiId;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyState;
import io.bitting.key.SecretDigest;
import io.bitting.key.TokenReader;
import io.bitting.operation.Match;
import io.bitting.operation.Operation;
import io.bitting.operation.OperationIndex;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.store.Position;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides from a {@link KeyIndex} in memory.
 *
 * <p><b>Security guarantees.</b> Those of {@link Authorizer}. A key that is known is answered from
 * memory while storage is away, up to a stated time; then, and for unknown keys meanwhile, nothing
 * is decided. An unknown id never causes a look-up elsewhere.
 *
 * <p>Thread-safe. A check costs one CRC-32, one SHA-256 of 32 bytes, one look-up in memory and one
 * comparison; an allowed one allocates its result only. It touches no disk, no network and no lock.
 */
public final class LocalAuthorizer implements Authorizer {
  /** How long known keys are answered without word from storage, unless said otherwise. */
  public static final Duration MAX_STALE = Duration.ofSeconds(60);

  /** From when on an unknown key may be one that was made meanwhile. */
  private static final long UNSURE_AFTER_NANOS = Duration.ofSeconds(3).toNanos();

  private static final SecretDigest DECOY = SecretDigest.of(new byte[SecretDigest.LENGTH]);

  private final KeyIndex index;
  private final Clock clock;
  private final long maxStaleNanos;
  private final Watcher watcher;

  /**
   * Told of each decision by {@code authorize}. Called on the check path: must be quick, must not
   * block or throw.
   */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Takes note of a decision.
     *
     * @param decision allowed or denied
     * @param api the API that was called
     * @param requirement what was required
     * @param operation the operation; null if only the requirement was given
     */
    void decided(
        Decision decision, ApiId api, Requirement requirement, @Nullable Operation operation);
  }

  /**
   * Makes an authorizer.
   *
   * @param index the keys
   * @param clock tells whether a key has expired
   * @param maxStale how long known keys are answered without word from storage
   */
  public LocalAuthorizer(KeyIndex index, Clock clock, Duration maxStale) {
    this(index, clock, maxStale, (decision, api, requirement, operation) -> {});
  }

  /**
   * Makes an authorizer that tells of its decisions.
   *
   * @param index the keys
   * @param clock tells whether a key has expired
   * @param maxStale how long known keys are answered without word from storage
   * @param watcher told of each decision about a known API and, if it is by operation, a known
   *     operation
   */
  public LocalAuthorizer(KeyIndex index, Clock clock, Duration maxStale, Watcher watcher) {
    this.index = index;
    this.clock = clock;
    this.maxStaleNanos = maxStale.toNanos();
    this.watcher = watcher;
  }

  @Override
  public Decision authorize(AccessRequest request) {
    KeyIndex.Contents contents = current();
    Position asOf = contents.position;
    ApiState api = known(contents, request.api());
    if (api == null) {
      return Decision.Denied.because(DenialReason.API_UNKNOWN, null, asOf);
    }
    Decision decision = decide(contents, api, request.token(), request.requirement());
    watcher.decided(decision, request.api(), request.requirement(), null);
    return decision;
  }

  /**
   * Decides by operation: finds what is called, then decides by what it requires. An operation that
   * is not known, that nobody has declared, or whose path can be read as another's is denied to
   * every key, whatever it holds.
   *
   * @param request what is presented and what is called
   * @return the decision with the operation, if one was found
   * @throws VerificationUnavailableException if nothing can be decided now; the caller must refuse
   */
  public OperationDecision authorize(OperationRequest request) {
    KeyIndex.Contents contents = current();
    Position asOf = contents.position;
    ApiState api = known(contents, request.api());
    if (api == null) {
      return denied(DenialReason.API_UNKNOWN, asOf);
    }
    if (contents.hasUndecidableOperations(request.api())) {
      throw new VerificationUnavailableException(
          "the seal of the operations of API "
              + request.api()
              + " needs a pepper version that the keyset lacks");
    }
    OperationIndex operations = contents.operations(request.api());
    if (operations == null) {
      return denied(DenialReason.OPERATION_UNKNOWN, asOf);
    }
    Match match = operations.find(request.method(), request.target());
    if (match instanceof Match.Found found) {
      Operation operation = found.operation();
      Decision decision = decide(contents, api, request.token(), operation.requirement());
      watcher.decided(decision, request.api(), operation.requirement(), operation);
      return new OperationDecision(decision, operation);
    }
    return denied(
        match instanceof Match.Ambiguous
            ? DenialReason.OPERATION_AMBIGUOUS
            : DenialReason.OPERATION_UNKNOWN,
        asOf);
  }

  private static OperationDecision denied(DenialReason reason, Position asOf) {
    return new OperationDecision(Decision.Denied.because(reason, null, asOf), null);
  }

  /** Returns an API, or null if there is none. */
  private static @Nullable ApiState known(KeyIndex.Contents contents, ApiId id) {
    ApiState api = contents.api(id);
    if (api == null && contents.isUndecidable(id)) {
      throw new VerificationUnavailableException(
          "the seal of API " + id + " needs a pepper version that the keyset lacks");
    }
    return api;
  }

  private Decision decide(
      KeyIndex.Contents contents, ApiState api, String presented, Requirement requirement) {
    Position asOf = contents.position;
    if (requirement instanceof Requirement.Anonymous) {
      return new Decision.Allowed(null, asOf);
    }
    if (requirement instanceof Requirement.Undeclared) {
      return Decision.Denied.because(DenialReason.OPERATION_UNDECLARED, null, asOf);
    }
    try (TokenReader token = TokenReader.open()) {
      IndexedKey key = prove(contents, token, presented);
      if (key == null) {
        return unproved(contents, presented, asOf);
      }
      GrantSlot.Compiled grant = key.grant.compiled;
      if (grant == null || !token.hasPrefix(grant.api().api().prefix())) {
        return cannotServe(contents, key, asOf);
      }
      ScopeView held = view(grant.grant(), key, api.api().id());
      if (held == null) {
        return Decision.Denied.because(DenialReason.CREDENTIAL_INVALID, null, asOf);
      }
      DenialReason state = state(key);
      if (state != null) {
        return denied(state, key, asOf);
      }
      return decide(requirement, held, api.catalog(), key, asOf);
    }
  }

  /**
   * Finds out whose a token is, whatever its API and scopes: for the endpoint by which a caller
   * asks about its own key.
   *
   * @param presented what the caller presented, untrusted
   * @return allowed with the key, or denied
   * @throws VerificationUnavailableException if nothing can be decided now
   */
  public Decision identify(String presented) {
    KeyIndex.Contents contents = current();
    Position asOf = contents.position;
    try (TokenReader token = TokenReader.open()) {
      IndexedKey key = prove(contents, token, presented);
      if (key == null) {
        return unproved(contents, presented, asOf);
      }
      GrantSlot.Compiled grant = key.grant.compiled;
      if (grant == null || !token.hasPrefix(grant.api().api().prefix())) {
        return cannotServe(contents, key, asOf);
      }
      DenialReason state = state(key);
      return state == null ? new Decision.Allowed(key, asOf) : denied(state, key, asOf);
    }
  }

  /**
   * Returns the grant of a key that this authorizer verified.
   *
   * @param key from a decision of this authorizer
   * @throws IllegalArgumentException if the key came from elsewhere
   */
  public Grant grantOf(VerifiedKey key) {
    if (key instanceof IndexedKey indexed) {
      return indexed.grant();
    }
    throw new IllegalArgumentException("key " + key.id() + " was verified by another authorizer");
  }

  /**
   * Describes an API as its checks know it: what they decide by now, whatever is stored meanwhile.
   * Costs two look-ups in memory.
   *
   * @param api the API
   * @return empty if there is none of that name, or its row, its catalog or its operations are
   *     missing or not intact
   * @throws VerificationUnavailableException if what is known may be out of date
   */
  public Optional<KnownApi> describe(ApiId api) {
    return Optional.ofNullable(current().known(api));
  }

  /**
   * Returns the scopes that count for a key on an API, implied ones included, in order and with a
   * blank between them. Worked out once for each grant and catalog.
   *
   * @param key from a decision of this authorizer
   * @param api the API that is called
   * @return empty if the key has none there
   * @throws IllegalArgumentException if the key came from elsewhere
   */
  public String scopesOf(VerifiedKey key, ApiId api) {
    if (!(key instanceof IndexedKey indexed)) {
      throw new IllegalArgumentException("key " + key.id() + " was verified by another authorizer");
    }
    GrantSlot.Compiled compiled = indexed.grant.compiled;
    ScopeView held = compiled == null ? null : view(compiled.grant(), indexed, api);
    return held == null ? "" : held.text();
  }

  /**
   * Returns the header that carries keys of an API besides those that every API takes.
   *
   * @param api the API
   * @return null if it has none, or is not known
   */
  public @Nullable KeyHeader keyHeader(ApiId api) {
    ApiState known = index.contents().api(api);
    return known == null ? null : known.api().keyHeader();
  }

  private KeyIndex.Contents current() {
    if (!index.isLoaded()) {
      throw new VerificationUnavailableException("the keys are not loaded yet");
    }
    long age = index.ageNanos();
    if (age > maxStaleNanos) {
      throw new VerificationUnavailableException(
          "storage was last heard of " + Duration.ofNanos(age).toSeconds() + " s ago");
    }
    return index.contents();
  }

  /**
   * Returns the key whose secret the token has, or null. A text without the form of a token causes
   * no look-up.
   */
  private static @Nullable IndexedKey prove(
      KeyIndex.Contents contents, TokenReader token, String presented) {
    if (!token.read(presented)) {
      return null;
    }
    // The look-up goes first: while memory answers, the processor can begin with the digest.
    IndexedKey key = contents.keys.find(token.idHigh(), token.idLow());
    token.digestSecret();
    boolean newest = token.proves(key == null ? DECOY : key.digest);
    if (key == null) {
      return null;
    }
    if (newest) {
      return key;
    }
    IndexedKey.Secret prior = key.prior();
    return prior != null && token.proves(prior.digest()) ? key.provedBy(prior) : null;
  }

  private Decision unproved(KeyIndex.Contents contents, String presented, Position asOf) {
    if (presented.isEmpty()) {
      return Decision.Denied.because(DenialReason.CREDENTIAL_MISSING, null, asOf);
    }
    try (TokenReader token = TokenReader.open()) {
      if (token.read(presented)) {
        if (contents.isUndecidable(token.idHigh(), token.idLow())) {
          throw new VerificationUnavailableException(
              "the seal of key " + token.id() + " needs a pepper version that the keyset lacks");
        }
        if (index.ageNanos() > UNSURE_AFTER_NANOS
            && contents.keys.find(token.idHigh(), token.idLow()) == null) {
          throw new VerificationUnavailableException(
              "key " + token.id() + " is unknown, and storage cannot be asked");
        }
      }
    }
    return Decision.Denied.because(DenialReason.CREDENTIAL_INVALID, null, asOf);
  }

  /** The key is proved, but its API is not intact, or the token bears another API's prefix. */
  private static Decision cannotServe(KeyIndex.Contents contents, IndexedKey key, Position asOf) {
    if (key.grant.compiled == null && contents.isUndecidable(key.api())) {
      throw new VerificationUnavailableException(
          "the seal of API " + key.api() + " needs a pepper version that the keyset lacks");
    }
    return Decision.Denied.because(DenialReason.CREDENTIAL_INVALID, null, asOf);
  }

  /**
   * Returns what a key holds on the API that is called, or null if that API does not know the key.
   */
  private static @Nullable ScopeView view(CompiledGrant grant, IndexedKey key, ApiId called) {
    if (called.equals(key.api())) {
      OrganizationSlot.Standing standing = key.organization.standing;
      return grant.onOwnApi(standing != null && standing.isOperator());
    }
    return called.isBuiltIn() && grant.includesAny ? grant.onBitting() : null;
  }

  /** A key of an organization whose row was altered is as good as unknown, so it is not named. */
  private static Decision denied(DenialReason state, IndexedKey key, Position asOf) {
    boolean told = state != DenialReason.CREDENTIAL_INVALID;
    return Decision.Denied.because(state, told ? key : null, asOf);
  }

  private @Nullable DenialReason state(IndexedKey key) {
    if (key.state == KeyState.REVOKED || hasEnded(key)) {
      return DenialReason.KEY_REVOKED;
    }
    if (index.isVetoed(key)) {
      throw new VerificationUnavailableException(
          "the outcome of a change to key " + key.id() + " is unknown");
    }
    if (key.state != KeyState.ACTIVE) {
      return DenialReason.KEY_DISABLED;
    }
    if (key.expiresAt != IndexedKey.NEVER && clock.millis() >= key.expiresAt) {
      return DenialReason.KEY_EXPIRED;
    }
    OrganizationSlot.Standing standing = key.organization.standing;
    if (standing == null) {
      if (key.organization.undecidable) {
        throw new VerificationUnavailableException(
            "the seal of organization "
                + key.organization()
                + " needs a pepper version that the keyset lacks");
      }
      return DenialReason.CREDENTIAL_INVALID;
    }
    return standing.isSuspended() ? DenialReason.ORGANIZATION_SUSPENDED : null;
  }

  /** Tells whether it was replaced and its overlap is over: then it needs nobody to revoke it. */
  private boolean hasEnded(IndexedKey key) {
    return key.passing != null && clock.millis() >= key.endsAt();
  }

  private static Decision decide(
      Requirement requirement, ScopeView held, Catalog catalog, IndexedKey key, Position asOf) {
    if (requirement instanceof Requirement.AnyValidKey) {
      return new Decision.Allowed(key, asOf);
    }
    if (!(requirement instanceof Requirement.Scopes scopes)) {
      return Decision.Denied.because(DenialReason.REQUIREMENT_UNKNOWN, key, asOf);
    }
    if (scopes.isMetBy(held)) {
      return new Decision.Allowed(key, asOf);
    }
    return insufficient(scopes, held, catalog, key, asOf);
  }

  /**
   * Names what is missing of the alternative that the key is nearest to, among those that some key
   * can meet.
   */
  private static Decision insufficient(
      Requirement.Scopes scopes, ScopeView held, Catalog catalog, IndexedKey key, Position asOf) {
    SortedSet<Scope> required = null;
    SortedSet<Scope> missing = null;
    for (SortedSet<Scope> alternative : scopes.alternatives()) {
      if (!catalog.scopes().containsAll(alternative)) {
        continue;
      }
      SortedSet<Scope> lacking = new TreeSet<>(alternative);
      lacking.removeIf(held);
      if (missing == null || lacking.size() < missing.size()) {
        required = alternative;
        missing = lacking;
      }
    }
    if (required == null || missing == null) {
      SortedSet<Scope> all = new TreeSet<>();
      scopes.alternatives().forEach(all::addAll);
      SortedSet<Scope> unknown = new TreeSet<>(all);
      unknown.removeIf(catalog::has);
      return new Decision.Denied(DenialReason.REQUIREMENT_UNKNOWN, key, all, unknown, asOf);
    }
    return new Decision.Denied(DenialReason.INSUFFICIENT_SCOPE, key, required, missing, asOf);
  }
}
