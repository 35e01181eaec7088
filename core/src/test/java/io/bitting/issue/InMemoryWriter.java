package io.bitting.issue;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.SigningKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.EventId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Bytes;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.CredentialWriter;
import io.bitting.store.Due;
import io.bitting.store.FirstAnswer;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.PeopleWriter;
import io.bitting.store.Position;
import io.bitting.store.ReviewDecision;
import io.bitting.store.SetupCode;
import io.bitting.store.SigningKeyRow;
import io.bitting.store.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transaction over maps, as far as issuing needs one; whatever else is asked for fails. */
final class InMemoryWriter implements Writer {
  final Map<ApiId, Sealed<Api>> apis = new HashMap<>();
  final Map<ApiId, Sealed<Catalog>> catalogs = new HashMap<>();
  final List<Key> keys = new ArrayList<>();
  final List<KeySecret> secrets = new ArrayList<>();
  final List<AuditEvent> events = new ArrayList<>();

  void add(Api api, Catalog catalog) {
    apis.put(api.id(), Sealed.of(api, SealVerdict.INTACT));
    catalogs.put(api.id(), Sealed.of(catalog, SealVerdict.INTACT));
  }

  @Override
  public Optional<Sealed<Api>> api(ApiId id) {
    return Optional.ofNullable(apis.get(id));
  }

  @Override
  public Optional<Sealed<Catalog>> catalog(ApiId api) {
    return Optional.ofNullable(catalogs.get(api));
  }

  @Override
  public Optional<KeyId> keyNamed(OrganizationId organization, String foldedName) {
    return keys.stream()
        .filter(key -> key.organization().equals(organization))
        .filter(Key::holdsName)
        .filter(key -> DisplayName.folded(key.name()).equals(foldedName))
        .map(Key::id)
        .findFirst();
  }

  @Override
  public void insertKey(Key key, KeySecret secret) {
    keys.add(key);
    secrets.add(secret);
  }

  @Override
  public AuditEvent audit(AuditChain chain, AuditEvent.Act act, Optional<String> source) {
    AuditEvent event =
        chain.next(AuditChain.Head.empty(), MutableClock.START, act, source, new SeededRandom(1));
    events.add(event);
    return event;
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("issuing has no use for this");
  }

  @Override
  public PeopleWriter people() {
    throw unused();
  }

  @Override
  public CredentialWriter credentials() {
    throw unused();
  }

  @Override
  public Position position() {
    throw unused();
  }

  @Override
  public Optional<Sealed<Organization>> organization(OrganizationId id) {
    throw unused();
  }

  @Override
  public Optional<Sealed<Organization>> organization(Slug slug) {
    throw unused();
  }

  @Override
  public Optional<Sealed<Organization>> operatorOrganization() {
    throw unused();
  }

  @Override
  public List<Sealed<Organization>> organizations(Optional<Slug> after, int limit) {
    throw unused();
  }

  @Override
  public List<Sealed<Api>> apis() {
    throw unused();
  }

  @Override
  public Optional<Sealed<KeyRow>> key(KeyId id) {
    return keys.stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .map(key -> Sealed.of(new KeyRow(key, List.of()), SealVerdict.INTACT));
  }

  @Override
  public List<Sealed<KeyRow>> keys(
      OrganizationId organization, KeyFilter filter, Optional<KeyFilter.After> after, int limit) {
    throw unused();
  }

  @Override
  public Optional<KeyFilter.After> keyPlace(
      OrganizationId organization, Optional<KeyFilter.After> after, int count) {
    throw unused();
  }

  @Override
  public Map<Grant, Long> grantsInUse(ApiId api) {
    throw unused();
  }

  @Override
  public List<Sealed<KeyRow>> keysWith(Collection<GrantId> grants, int limit) {
    throw unused();
  }

  @Override
  public List<AuditEvent> auditEvents(
      AuditChain chain, AuditFilter filter, Optional<Long> before, int limit) {
    throw unused();
  }

  @Override
  public Optional<AuditEvent> auditEvent(EventId id) {
    throw unused();
  }

  @Override
  public Optional<Sealed<ReviewDecision>> reviewDecision(KeyId key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Sealed<KeyRow>> keys(Collection<KeyId> ids) {
    throw unused();
  }

  @Override
  public List<Sealed<ReviewDecision>> reviewDecisions(Collection<KeyId> keys) {
    throw unused();
  }

  @Override
  public List<Sealed<ReviewDecision>> reviewDecisions(
      OrganizationId organization, Instant since, int limit) {
    throw unused();
  }

  @Override
  public void removeKey(Key key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putReviewDecision(ReviewDecision decision) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Sealed<SetupCode>> setupCode(Bytes digest) {
    throw unused();
  }

  @Override
  public Optional<Sealed<FirstAnswer>> firstAnswer(Bytes request) {
    throw unused();
  }

  @Override
  public boolean tryLock(Bytes name) {
    throw unused();
  }

  @Override
  public void putFirstAnswer(FirstAnswer answer) {
    throw unused();
  }

  @Override
  public int removeFirstAnswers(Instant now, int limit) {
    throw unused();
  }

  @Override
  public Optional<Sealed<Organization>> lockOrganization(OrganizationId id) {
    throw unused();
  }

  @Override
  public Optional<Sealed<Api>> lockApi(ApiId id) {
    return api(id);
  }

  @Override
  public Optional<Sealed<KeyRow>> lockKey(KeyId id) {
    throw unused();
  }

  @Override
  public void insertOrganization(Organization organization) {
    throw unused();
  }

  @Override
  public void updateOrganization(Organization organization) {
    throw unused();
  }

  @Override
  public void insertApi(Api api) {
    throw unused();
  }

  @Override
  public void updateApi(Api api) {
    throw unused();
  }

  @Override
  public void putCatalog(Catalog catalog) {
    throw unused();
  }

  @Override
  public void putOperations(Operations operations) {
    throw unused();
  }

  @Override
  public Optional<Sealed<Operations>> operations(ApiId api) {
    throw unused();
  }

  @Override
  public void updateKey(Key key) {
    keys.replaceAll(stored -> stored.id().equals(key.id()) ? key : stored);
  }

  @Override
  public void insertSecret(KeySecret secret) {
    secrets.add(secret);
  }

  @Override
  public void updateSecret(KeySecret secret) {
    secrets.replaceAll(stored -> isSame(stored, secret) ? secret : stored);
  }

  @Override
  public void removeSecret(KeySecret secret) {
    secrets.removeIf(stored -> isSame(stored, secret));
  }

  private static boolean isSame(KeySecret one, KeySecret other) {
    return one.key().equals(other.key()) && one.number() == other.number();
  }

  @Override
  public boolean noteWarning(KeyId key, int secret, Duration before) {
    throw unused();
  }

  @Override
  public List<KeyId> keysDue(Due due, Instant now, Optional<KeyId> after, int limit) {
    throw unused();
  }

  @Override
  public void putSetupCode(SetupCode code) {
    throw unused();
  }

  @Override
  public void removeSetupCode(SetupCode code) {
    throw unused();
  }

  @Override
  public List<AuditEvent> auditEventsAfter(
      AuditChain chain, AuditFilter filter, long after, long through, int limit) {
    throw unused();
  }

  @Override
  public List<AuditCheckpoint> auditCheckpoints(
      AuditChain chain, Optional<Long> before, int limit) {
    throw unused();
  }

  @Override
  public Optional<AuditCheckpoint> auditCut(AuditChain chain, Instant before) {
    throw unused();
  }

  @Override
  public List<Sealed<SigningKeyRow>> signingKeys() {
    throw unused();
  }

  @Override
  public long addSigningKey(SigningKey key) {
    throw unused();
  }

  @Override
  public Optional<AuditCheckpoint> checkpoint(AuditChain chain) {
    throw unused();
  }

  @Override
  public long cutAudit(AuditCheckpoint checkpoint) {
    throw unused();
  }

  @Override
  public long eraseSources(AuditChain chain, Erasure by, String value) {
    throw unused();
  }
}
