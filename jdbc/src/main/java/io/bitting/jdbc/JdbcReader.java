package io.bitting.jdbc;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.id.EventId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.CredentialReader;
import io.bitting.store.Due;
import io.bitting.store.FirstAnswer;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.PeopleReader;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.ReviewDecision;
import io.bitting.store.SetupCode;
import io.bitting.store.SigningKeyRow;
import io.bitting.store.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's view of all tables. After a failure it does nothing more, so that no half of a
 * change is ever committed.
 */
class JdbcReader implements Reader, AutoCloseable {
  final Organizations organizations;
  final Apis apis;
  final Catalogs catalogs;
  final OperationTables operations;
  final Keys keys;
  private final DueKeys dueKeys;
  final SetupCodes setupCodes;
  final ReviewDecisions reviewDecisions;
  final FirstAnswers firstAnswers;
  final AuditLog auditLog;
  final Checkpoints checkpoints;
  final ChangeLog changeLog;
  private final JdbcPeopleReader people;
  private final JdbcCredentialReader credentials;
  private final Engine engine;
  private final Thread thread = Thread.currentThread();
  private @Nullable StoreException failure;
  private boolean closed;

  JdbcReader(Handle handle, Seals seals, Engine engine) {
    this.engine = engine;
    organizations = new Organizations(handle, seals, engine);
    apis = new Apis(handle, seals);
    catalogs = new Catalogs(handle, seals);
    operations = new OperationTables(handle, seals);
    keys = new Keys(handle, seals, engine);
    dueKeys = new DueKeys(handle);
    setupCodes = new SetupCodes(handle, seals);
    reviewDecisions = new ReviewDecisions(handle, seals);
    firstAnswers = new FirstAnswers(handle, seals);
    auditLog = new AuditLog(handle, engine);
    checkpoints = new Checkpoints(handle, seals);
    changeLog = new ChangeLog(handle);
    people = new JdbcPeopleReader(this, handle, seals, engine);
    credentials = new JdbcCredentialReader(this, handle, seals);
  }

  /** Runs statements, and remembers a failure. */
  final <T> T run(Supplier<T> statements) {
    if (closed || !Thread.currentThread().equals(thread)) {
      throw new IllegalStateException(
          "a reader or writer is used within its own transaction and thread only");
    }
    throwFailure();
    try {
      return statements.get();
    } catch (JdbiException e) {
      failure = engine.translate(e);
      throw failure;
    } catch (StoreException e) {
      failure = e;
      throw e;
    }
  }

  final void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public final void close() {
    closed = true;
  }

  @Override
  public PeopleReader people() {
    return people;
  }

  @Override
  public CredentialReader credentials() {
    return credentials;
  }

  @Override
  public final Position position() {
    return run(changeLog::begunHead);
  }

  @Override
  public final Optional<Sealed<Organization>> organization(OrganizationId id) {
    return run(() -> organizations.find(id));
  }

  @Override
  public final Optional<Sealed<Organization>> organization(Slug slug) {
    return run(() -> organizations.find(slug));
  }

  @Override
  public final Optional<Sealed<Organization>> operatorOrganization() {
    return run(organizations::operator);
  }

  @Override
  public final List<Sealed<Organization>> organizations(Optional<Slug> after, int limit) {
    return run(() -> organizations.page(after, limit));
  }

  @Override
  public final Optional<Sealed<Api>> api(ApiId id) {
    return run(() -> apis.find(id));
  }

  @Override
  public final List<Sealed<Api>> apis() {
    return run(() -> Rows.list(apis::all));
  }

  @Override
  public final Optional<Sealed<Catalog>> catalog(ApiId api) {
    return run(() -> catalogs.find(api));
  }

  @Override
  public final Optional<Sealed<Operations>> operations(ApiId api) {
    return run(() -> operations.find(api));
  }

  @Override
  public final Optional<Sealed<KeyRow>> key(KeyId id) {
    return run(() -> keys.find(id));
  }

  @Override
  public final List<Sealed<KeyRow>> keys(Collection<KeyId> ids) {
    return run(() -> ids.isEmpty() ? List.of() : keys.find(ids));
  }

  @Override
  public final Optional<KeyFilter.After> keyPlace(
      OrganizationId organization, Optional<KeyFilter.After> after, int count) {
    return keys.place(organization, after, count);
  }

  @Override
  public final List<Sealed<KeyRow>> keys(
      OrganizationId organization, KeyFilter filter, Optional<KeyFilter.After> after, int limit) {
    return run(() -> keys.page(organization, filter, after, limit));
  }

  @Override
  public final Optional<KeyId> keyNamed(OrganizationId organization, String foldedName) {
    return run(() -> keys.named(organization, foldedName));
  }

  @Override
  public final List<KeyId> keysDue(Due due, Instant now, Optional<KeyId> after, int limit) {
    return run(() -> dueKeys.find(due, now, after, limit));
  }

  @Override
  public final Map<Grant, Long> grantsInUse(ApiId api) {
    return run(() -> keys.grantsInUse(api));
  }

  @Override
  public final List<Sealed<KeyRow>> keysWith(Collection<GrantId> grants, int limit) {
    return run(() -> keys.with(grants, limit));
  }

  @Override
  public final List<AuditEvent> auditEvents(
      AuditChain chain, AuditFilter filter, Optional<Long> before, int limit) {
    return run(() -> auditLog.page(chain, filter, before, limit));
  }

  @Override
  public final List<AuditEvent> auditEventsAfter(
      AuditChain chain, AuditFilter filter, long after, long through, int limit) {
    return run(() -> auditLog.after(chain, filter, after, through, limit));
  }

  @Override
  public final List<AuditCheckpoint> auditCheckpoints(
      AuditChain chain, Optional<Long> before, int limit) {
    return run(() -> checkpoints.page(chain, before, limit));
  }

  @Override
  public final Optional<AuditCheckpoint> auditCut(AuditChain chain, Instant before) {
    return run(() -> checkpoints.cutBefore(chain, before));
  }

  @Override
  public final List<Sealed<SigningKeyRow>> signingKeys() {
    return run(checkpoints::keys);
  }

  @Override
  public final Optional<AuditEvent> auditEvent(EventId id) {
    return run(() -> auditLog.find(id));
  }

  @Override
  public final Optional<Sealed<SetupCode>> setupCode(Bytes digest) {
    return run(() -> setupCodes.find(digest));
  }

  @Override
  public final Optional<Sealed<ReviewDecision>> reviewDecision(KeyId key) {
    return run(() -> reviewDecisions.find(key));
  }

  @Override
  public final List<Sealed<ReviewDecision>> reviewDecisions(Collection<KeyId> keys) {
    return run(() -> keys.isEmpty() ? List.of() : reviewDecisions.of(keys));
  }

  @Override
  public final List<Sealed<ReviewDecision>> reviewDecisions(
      OrganizationId organization, Instant since, int limit) {
    return run(() -> reviewDecisions.since(organization, since, limit));
  }

  @Override
  public final Optional<Sealed<FirstAnswer>> firstAnswer(Bytes request) {
    return run(() -> firstAnswers.find(request));
  }
}
