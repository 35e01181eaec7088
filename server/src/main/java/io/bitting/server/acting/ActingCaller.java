package io.bitting.server.acting;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditEvent;
import io.bitting.grant.Ceiling;
import io.bitting.grant.Grant;
import io.bitting.id.KeyId;
import io.bitting.issue.Issuer;
import io.bitting.member.Giver;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.ProblemCode;
import io.bitting.store.Reader;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who asks, as it stands inside a transaction, locked and checked there.
 *
 * @param actor names it in the audit
 * @param organization the organization that it acts in
 * @param held the built-in scopes that it holds
 * @param ceiling the most that it may grant
 * @param giver the most that it may make of others
 * @param key the key that asks; empty if it is a member
 * @param proof how lately a person proved who it is
 */
public record ActingCaller(
    Actor actor,
    Organization organization,
    Predicate<Scope> held,
    Ceiling ceiling,
    Giver giver,
    Optional<KeyId> key,
    Proof proof) {

  /** How lately a person proved who it is. */
  public enum Proof {
    /** No person asks. */
    NOBODY,
    /** A person who proved nothing for a while. */
    STALE,
    /** A person without a second factor, who has just given the password. */
    FRESH_PASSWORD,
    /** A person who has just proved a second factor. */
    FRESH_SECOND_FACTOR
  }

  /**
   * Tells whether it holds a built-in scope.
   *
   * @param scope the scope
   */
  public boolean holds(BuiltInScope scope) {
    return held.test(scope.scope());
  }

  /**
   * Says why a person is to prove once more who it is, before something that whoever found an open
   * browser is not to do; empty if there is no need. A key proves itself with each request.
   */
  public Optional<Answer> refusalUnlessFresh() {
    return proof == Proof.STALE ? Optional.of(stale()) : Optional.empty();
  }

  /**
   * Tells whether a grant is within the ceiling, however long ago a person proved who it is.
   *
   * @param grant what would be granted
   * @param reader the transaction
   */
  public boolean mayGrant(Grant grant, Reader reader) {
    return ceiling.covers(grant, api -> reader.catalog(api).flatMap(Sealed::intact));
  }

  /** Returns what a person is told whose proof is too old. */
  static Answer stale() {
    return Answer.problem(
        ProblemCode.FRESH_PROOF_REQUIRED,
        "This takes a proof of who you are that is at most 10 minutes old; nothing was changed.");
  }

  /**
   * Returns it as one who issues: a person who proved long ago who it is grants nothing by which
   * the organization is changed.
   *
   * @param call the request by which it does
   */
  public Issuer issuer(Call call) {
    return new Issuer(
        actor,
        proof == Proof.STALE ? ceiling.withoutAdministration() : ceiling,
        Optional.of(call.requestId()),
        call.source());
  }

  /**
   * Describes what it did.
   *
   * @param call the request by which it did
   * @param action what was done
   * @param target to what
   * @param changes what changed
   */
  public AuditEvent.Act act(
      Call call, String action, AuditEvent.Target target, List<AuditEvent.Change> changes) {
    return new AuditEvent.Act(action, actor, target, Optional.of(call.requestId()), changes);
  }
}
