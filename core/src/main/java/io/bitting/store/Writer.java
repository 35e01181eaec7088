package io.bitting.store;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What can be written within one transaction. Rows are sealed as they are written, and each change
 * is entered into the sequence of changes. Locks are taken in the order organization, key or
 * person, API, audit, change.
 *
 * <p>Every method throws {@link StoreException} if storage fails; the transaction is then rolled
 * back as a whole.
 */
public interface Writer extends Reader {

  @Override
  PeopleWriter people();

  @Override
  CredentialWriter credentials();

  /**
   * Reads an organization and keeps others from changing it, or anything under this lock, until the
   * transaction ends.
   *
   * @param id its id
   */
  Optional<Sealed<Organization>> lockOrganization(OrganizationId id);

  /**
   * Reads a key and keeps others from changing it until the transaction ends.
   *
   * @param id its id
   */
  Optional<Sealed<KeyRow>> lockKey(KeyId id);

  /**
   * Reads an API and keeps others from changing it, its catalog or which keys it has until the
   * transaction ends: whoever adds a key and whoever puts a catalog by which keys gain lock it
   * first, so that each sees what the other did.
   *
   * @param id its id
   */
  Optional<Sealed<Api>> lockApi(ApiId id);

  /**
   * Adds an organization.
   *
   * @param organization revision 1
   * @throws StoreException.Conflict if its slug is taken, or there would be two operators
   */
  void insertOrganization(Organization organization);

  /**
   * Replaces an organization.
   *
   * @param organization with the revision after the one stored
   */
  void updateOrganization(Organization organization);

  /**
   * Adds an API.
   *
   * @param api revision 1
   * @throws StoreException.Conflict if its id or prefix is taken
   */
  void insertApi(Api api);

  /**
   * Replaces an API; prefix and time of creation stay.
   *
   * @param api with the revision after the one stored
   */
  void updateApi(Api api);

  /**
   * Replaces the catalog of an API, or adds its first one.
   *
   * @param catalog with the version after the one stored
   */
  void putCatalog(Catalog catalog);

  /**
   * Replaces the operations of an API, or adds its first ones.
   *
   * @param operations with the version after the one stored
   */
  void putOperations(Operations operations);

  /**
   * Adds a key with its first secret. Its grant can never be changed afterwards.
   *
   * @param key revision 1
   * @param secret number 1
   * @throws StoreException.Conflict if its name is taken in the organization
   */
  void insertKey(Key key, KeySecret secret);

  /**
   * Adds a secret to a key.
   *
   * @param secret revision 1, with the number after that of the newest
   */
  void insertSecret(KeySecret secret);

  /**
   * Replaces the end of a secret, which can only come nearer.
   *
   * @param secret with the revision after the one stored
   */
  void updateSecret(KeySecret secret);

  /**
   * Removes a secret that proves nothing any more.
   *
   * @param secret the secret
   */
  void removeSecret(KeySecret secret);

  /**
   * Takes note that somebody is warned of a key's expiry.
   *
   * @param key the key
   * @param secret the number of its newest secret
   * @param before how long before the expiry, in whole days
   * @return whether no warning as near as this was given before
   */
  boolean noteWarning(KeyId key, int secret, Duration before);

  /**
   * Replaces name, purpose, state and successor of a key.
   *
   * @param key with the revision after the one stored
   * @throws StoreException.Conflict if its name is taken in the organization
   */
  void updateKey(Key key);

  /**
   * Removes a key for good, with its secrets and what was decided about it. To be done with keys
   * only that are refused for ever: their tokens are then refused as unknown.
   *
   * @param key as it is stored
   */
  void removeKey(Key key);

  /**
   * Keeps what a review decided about a key, in place of what was decided before.
   *
   * @param decision the decision
   */
  void putReviewDecision(ReviewDecision decision);

  /**
   * Keeps a setup code, in place of any other for the same organization.
   *
   * @param code the code
   */
  void putSetupCode(SetupCode code);

  /**
   * Removes a setup code, because it was used or has expired.
   *
   * @param code the code
   */
  void removeSetupCode(SetupCode code);

  /**
   * Keeps others from a name until the transaction ends. Never waits.
   *
   * @param name any digest
   * @return false if another transaction has it
   */
  boolean tryLock(Bytes name);

  /**
   * Keeps the answer to a request that was named, in place of an expired one.
   *
   * @param answer the answer
   */
  void putFirstAnswer(FirstAnswer answer);

  /**
   * Removes answers that have expired.
   *
   * @param now the time by which they have
   * @param limit how many at most
   * @return how many were removed
   */
  int removeFirstAnswers(Instant now, int limit);

  /**
   * Appends an event to a chain. Commits with the change that it speaks of, or not at all.
   *
   * @param chain the chain
   * @param act what was done
   * @param source where it came from, if it came from an address
   * @return the event as it will stand in the chain
   */
  AuditEvent audit(AuditChain chain, AuditEvent.Act act, Optional<String> source);

  /**
   * Keeps a new key that signs checkpoints from now on. Its private half is stored encrypted.
   *
   * @param key the key
   * @return the number that it got, from 1
   * @throws StoreException.Conflict if another one was added at the same moment
   */
  long addSigningKey(SigningKey key);

  /**
   * Signs where a chain stands, unless the newest checkpoint says that already.
   *
   * @param chain the chain
   * @return the checkpoint of the chain's last event; empty if it has no event
   * @throws StoreException if there is no signing key that is intact
   */
  Optional<AuditCheckpoint> checkpoint(AuditChain chain);

  /**
   * Removes the events of a chain up to a checkpoint. They do not come back; the checkpoint stays.
   *
   * @param checkpoint a checkpoint that is stored
   * @return how many events are gone
   * @throws StoreException if a signing key of this database has not signed it, or it is not of the
   *     event that is stored; nothing was removed
   */
  long cutAudit(AuditCheckpoint checkpoint);

  /**
   * Erases where events of a chain came from. The events stay, and the chain stays whole.
   *
   * @param chain the chain
   * @param by what tells the events
   * @param value the address, or the id of the actor
   * @return how many addresses are gone
   */
  long eraseSources(AuditChain chain, Erasure by, String value);

  /** What tells the events whose source is erased. */
  enum Erasure {
    /** Where they came from. */
    SOURCE,
    /** Who acted. */
    ACTOR
  }
}
