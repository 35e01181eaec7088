package io.bitting.store;

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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be read within one transaction: a consistent picture of storage. Every row comes with
 * what its seal says; a row that is not intact has raised the alarm. Not to be used after the
 * transaction, nor by another thread. Each method costs one or a few statements.
 *
 * <p>Every method throws {@link StoreException} if storage fails.
 */
public interface Reader {

  /** Returns what there is of people, members and invitations. */
  PeopleReader people();

  /** Returns what people sign in with, and their sign-ins. */
  CredentialReader credentials();

  /** Returns the last committed change that this picture has. */
  Position position();

  /**
   * Finds an organization.
   *
   * @param id its id
   */
  Optional<Sealed<Organization>> organization(OrganizationId id);

  /**
   * Finds an organization.
   *
   * @param slug its slug
   */
  Optional<Sealed<Organization>> organization(Slug slug);

  /** Finds the operator organization. */
  Optional<Sealed<Organization>> operatorOrganization();

  /**
   * Lists organizations by slug.
   *
   * @param after the slug after which to begin; empty for the beginning
   * @param limit how many at most
   */
  List<Sealed<Organization>> organizations(Optional<Slug> after, int limit);

  /**
   * Finds an API.
   *
   * @param id its id
   */
  Optional<Sealed<Api>> api(ApiId id);

  /** Lists all APIs by id. */
  List<Sealed<Api>> apis();

  /**
   * Finds the catalog in force.
   *
   * @param api its API
   */
  Optional<Sealed<Catalog>> catalog(ApiId api);

  /**
   * Finds the operations in force.
   *
   * @param api their API
   */
  Optional<Sealed<Operations>> operations(ApiId api);

  /**
   * Finds a key.
   *
   * @param id its id
   */
  Optional<Sealed<KeyRow>> key(KeyId id);

  /**
   * Finds keys, in the order of their ids.
   *
   * @param ids their ids, some hundred at most
   */
  List<Sealed<KeyRow>> keys(Collection<KeyId> ids);

  /**
   * Lists keys of an organization, the newest first.
   *
   * @param organization whose
   * @param filter which
   * @param after where to begin; empty for the beginning
   * @param limit how many at most
   */
  List<Sealed<KeyRow>> keys(
      OrganizationId organization, KeyFilter filter, Optional<KeyFilter.After> after, int limit);

  /**
   * Finds the place that is so many keys down the list of an organization, the newest first. Costs
   * a walk over an index, whatever the keys are.
   *
   * @param organization whose
   * @param after where to begin; empty for the beginning
   * @param count how many keys further, at least 1
   * @return empty if the list ends before
   */
  Optional<KeyFilter.After> keyPlace(
      OrganizationId organization, Optional<KeyFilter.After> after, int count);

  /**
   * Finds the key that has a name, among those that are neither revoked nor replaced.
   *
   * @param organization whose
   * @param foldedName the name, see {@link io.bitting.id.DisplayName#folded}
   */
  Optional<KeyId> keyNamed(OrganizationId organization, String foldedName);

  /**
   * Finds keys of all organizations for which something is due, in the order of their ids. Whoever
   * does it locks and looks again.
   *
   * @param due what
   * @param now what the clock says
   * @param after the key after which to begin; empty for the beginning
   * @param limit how many at most
   */
  List<KeyId> keysDue(Due due, Instant now, Optional<KeyId> after, int limit);

  /**
   * Returns the distinct grants of an API's keys that are not revoked, with the number of such
   * keys.
   *
   * @param api the API
   */
  Map<Grant, Long> grantsInUse(ApiId api);

  /**
   * Lists keys that are not revoked, by organization and name.
   *
   * @param grants the grants that they have
   * @param limit how many at most
   */
  List<Sealed<KeyRow>> keysWith(Collection<GrantId> grants, int limit);

  /**
   * Lists events of a chain, the newest first.
   *
   * @param chain the chain
   * @param filter which
   * @param before the number before which to begin; empty for the newest
   * @param limit how many at most
   */
  List<AuditEvent> auditEvents(
      AuditChain chain, AuditFilter filter, Optional<Long> before, int limit);

  /**
   * Lists events of a chain in their order.
   *
   * @param chain the chain
   * @param filter which
   * @param after the number after which to begin, 0 for the first
   * @param through the number of the last one to list
   * @param limit how many at most
   */
  List<AuditEvent> auditEventsAfter(
      AuditChain chain, AuditFilter filter, long after, long through, int limit);

  /**
   * Lists checkpoints of a chain, the newest first.
   *
   * @param chain the chain
   * @param before the number before which to begin; empty for the newest
   * @param limit how many at most
   */
  List<AuditCheckpoint> auditCheckpoints(AuditChain chain, Optional<Long> before, int limit);

  /**
   * Finds the checkpoint at which retention may cut a chain: the newest of those that only old
   * events come up to, if it was not cut there already.
   *
   * @param chain the chain
   * @param before events from then on are to stay
   */
  Optional<AuditCheckpoint> auditCut(AuditChain chain, Instant before);

  /** Lists the keys that sign checkpoints, the one that signs now first. */
  List<Sealed<SigningKeyRow>> signingKeys();

  /**
   * Finds an event.
   *
   * @param id its id
   */
  Optional<AuditEvent> auditEvent(EventId id);

  /**
   * Finds a setup code that was not used.
   *
   * @param digest SHA-256 of the code
   */
  Optional<Sealed<SetupCode>> setupCode(Bytes digest);

  /**
   * Finds what a review decided last about a key.
   *
   * @param key the key
   */
  Optional<Sealed<ReviewDecision>> reviewDecision(KeyId key);

  /**
   * Lists what reviews decided last about keys.
   *
   * @param keys the keys, some hundred at most
   */
  List<Sealed<ReviewDecision>> reviewDecisions(Collection<KeyId> keys);

  /**
   * Lists what reviews decided of late about the keys of an organization, the latest first.
   *
   * @param organization whose
   * @param since from when on
   * @param limit how many at most
   */
  List<Sealed<ReviewDecision>> reviewDecisions(
      OrganizationId organization, Instant since, int limit);

  /**
   * Finds the answer to a request that was named.
   *
   * @param request its name, see {@link FirstAnswer#request}
   */
  Optional<Sealed<FirstAnswer>> firstAnswer(Bytes request);

  /**
   * Which events to list. What is empty does not narrow the list.
   *
   * @param action the action
   * @param actor the actor's id
   * @param target the target's id
   * @param from the time from which on they happened
   * @param until the time before which they happened
   */
  record AuditFilter(
      Optional<String> action,
      Optional<String> actor,
      Optional<String> target,
      Optional<Instant> from,
      Optional<Instant> until) {
    private static final AuditFilter ALL =
        new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Leaves nothing out for its time.
     *
     * @param action the action
     * @param actor the actor's id
     * @param target the target's id
     */
    public AuditFilter(Optional<String> action, Optional<String> actor, Optional<String> target) {
      this(action, actor, target, Optional.empty(), Optional.empty());
    }

    /** Leaves nothing out. */
    public static AuditFilter all() {
      return ALL;
    }

    /** Tells whether it leaves nothing out. */
    public boolean isAll() {
      return equals(ALL);
    }
  }
}
