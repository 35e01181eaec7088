package io.bitting.jdbc;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.SigningKey;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.FirstAnswer;
import io.bitting.store.KeyRow;
import io.bitting.store.PeopleWriter;
import io.bitting.store.Position;
import io.bitting.store.ReviewDecision;
import io.bitting.store.SetupCode;
import io.bitting.store.Store.Committed;
import io.bitting.store.Writer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * A writing transaction. Remembers what it changed, and enters that into the sequence of changes at
 * its end.
 */
final class JdbcWriter extends JdbcReader implements Writer {
  private final Handle handle;
  private final Engine engine;
  private final Clock clock;
  private final SecureRandom random;
  private final JdbcPeopleWriter people;
  private final JdbcCredentialWriter credentials;
  private final Set<Change> changes = new LinkedHashSet<>();

  JdbcWriter(Handle handle, Seals seals, Engine engine, Clock clock, SecureRandom random) {
    super(handle, seals, engine);
    this.handle = handle;
    this.engine = engine;
    this.clock = clock;
    this.random = random;
    people = new JdbcPeopleWriter(this, handle, seals, engine);
    credentials = new JdbcCredentialWriter(this, handle, seals);
  }

  @Override
  public PeopleWriter people() {
    return people;
  }

  @Override
  public JdbcCredentialWriter credentials() {
    return credentials;
  }

  /**
   * Ends the work: what it changed gets its number, which locks out the others until the commit.
   */
  <R> Engine.Outcome<Committed<R>> finish(R result) {
    throwFailure();
    if (changes.isEmpty()) {
      return new Engine.Outcome<>(new Committed<>(result, position()), false);
    }
    Position position =
        run(() -> {
          Position next = changeLog.append(changes);
          engine.announce(handle);
          return next;
        });
    return new Engine.Outcome<>(new Committed<>(result, position), true);
  }

  void change(String entity, String id, Runnable statements) {
    run(() -> {
      statements.run();
      return noteChange(entity, id);
    });
  }

  boolean noteChange(String entity, String id) {
    return changes.add(new Change(entity, id));
  }

  @Override
  public Optional<Sealed<Organization>> lockOrganization(OrganizationId id) {
    return run(() -> organizations.lock(id));
  }

  @Override
  public Optional<Sealed<KeyRow>> lockKey(KeyId id) {
    return run(() -> keys.lock(id));
  }

  @Override
  public void insertOrganization(Organization organization) {
    change(Change.ORGANIZATION, organization.id().text(), () -> organizations.insert(organization));
  }

  @Override
  public void updateOrganization(Organization organization) {
    change(Change.ORGANIZATION, organization.id().text(), () -> organizations.update(organization));
  }

  @Override
  public Optional<Sealed<Api>> lockApi(ApiId id) {
    return run(() -> apis.lock(id, engine));
  }

  @Override
  public void insertApi(Api api) {
    change(Change.API, api.id().text(), () -> apis.insert(api));
  }

  @Override
  public void updateApi(Api api) {
    change(Change.API, api.id().text(), () -> apis.update(api));
  }

  @Override
  public void putCatalog(Catalog catalog) {
    change(Change.CATALOG, catalog.api().text(), () -> catalogs.put(catalog));
  }

  @Override
  public void putOperations(Operations all) {
    change(Change.OPERATIONS, all.api().text(), () -> operations.put(all));
  }

  @Override
  public void insertKey(Key key, KeySecret secret) {
    change(Change.KEY, key.id().text(), () -> keys.insert(key, secret));
  }

  @Override
  public void insertSecret(KeySecret secret) {
    change(Change.KEY, secret.key().text(), () -> keys.insertSecret(secret));
  }

  @Override
  public void updateSecret(KeySecret secret) {
    change(Change.KEY, secret.key().text(), () -> keys.updateSecret(secret));
  }

  @Override
  public void removeSecret(KeySecret secret) {
    change(Change.KEY, secret.key().text(), () -> keys.removeSecret(secret));
  }

  @Override
  public boolean noteWarning(KeyId key, int secret, Duration before) {
    return run(() -> keys.noteWarning(key, secret, before));
  }

  @Override
  public void updateKey(Key key) {
    change(Change.KEY, key.id().text(), () -> keys.update(key));
  }

  @Override
  public void removeKey(Key key) {
    change(
        Change.KEY,
        key.id().text(),
        () -> {
          reviewDecisions.remove(key.id());
          keys.remove(key);
        });
  }

  @Override
  public void putReviewDecision(ReviewDecision decision) {
    change(Change.REVIEW_DECISION, decision.key().text(), () -> reviewDecisions.put(decision));
  }

  @Override
  public void putSetupCode(SetupCode code) {
    change(Change.SETUP_CODE, code.id(), () -> setupCodes.put(code));
  }

  @Override
  public void removeSetupCode(SetupCode code) {
    change(Change.SETUP_CODE, code.id(), () -> setupCodes.remove(code));
  }

  @Override
  public boolean tryLock(Bytes name) {
    return run(() -> engine.tryLockName(handle, ByteBuffer.wrap(name.toArray()).getLong()));
  }

  @Override
  public void putFirstAnswer(FirstAnswer answer) {
    change(Change.FIRST_ANSWER, answer.request().hex(), () -> firstAnswers.put(answer));
  }

  @Override
  public int removeFirstAnswers(Instant now, int limit) {
    return run(() -> {
      List<Bytes> removed = firstAnswers.removeExpired(now, limit);
      removed.forEach(request -> changes.add(new Change(Change.FIRST_ANSWER, request.hex())));
      return removed.size();
    });
  }

  @Override
  public AuditEvent audit(AuditChain chain, AuditEvent.Act act, Optional<String> source) {
    return run(() -> {
      AuditEvent event = auditLog.append(chain, now(), act, source, random);
      changes.add(new Change(Change.AUDIT, chain.text()));
      return event;
    });
  }

  @Override
  public long addSigningKey(SigningKey key) {
    return run(() -> {
      changes.add(new Change(Change.SIGNING_KEY, key.verifying().id()));
      return checkpoints.add(key, now(), random);
    });
  }

  @Override
  public Optional<AuditCheckpoint> checkpoint(AuditChain chain) {
    return run(() -> {
      AuditChain.Head head = auditLog.lockHead(chain);
      if (head.number() == 0) {
        return Optional.empty();
      }
      Optional<AuditCheckpoint> newest =
          checkpoints.page(chain, Optional.empty(), 1).stream()
              .filter(checkpoint -> checkpoint.number() == head.number())
              .findFirst();
      if (newest.isPresent()) {
        return newest;
      }
      changes.add(new Change(Change.AUDIT, chain.text()));
      return Optional.of(checkpoints.sign(chain, head, now()));
    });
  }

  @Override
  public long cutAudit(AuditCheckpoint checkpoint) {
    return run(() -> {
      auditLog.lockHead(checkpoint.chain());
      changes.add(new Change(Change.AUDIT, checkpoint.chain().text()));
      return checkpoints.cut(checkpoint);
    });
  }

  @Override
  public long eraseSources(AuditChain chain, Erasure by, String value) {
    return run(() -> {
      long erased = auditLog.erase(chain, by, value);
      if (erased > 0) {
        changes.add(new Change(Change.AUDIT, chain.text()));
      }
      return erased;
    });
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  SecureRandom random() {
    return random;
  }
}
