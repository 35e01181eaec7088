package io.bitting.server.acting;

import io.bitting.access.Powers;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditEvent;
import io.bitting.grant.Ceiling;
import io.bitting.issue.Issuer;
import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.server.http.Call;
import java.util.List;
import java.util.function.Predicate;

/**
 * The caller's key as it stands inside a transaction, locked and checked there.
 *
 * @param key the key
 * @param organization its organization
 * @param catalog the catalog of its API
 */
public record CallingKey(Key key, Organization organization, Catalog catalog) {

  /** Returns the built-in scopes that it holds. */
  public Predicate<Scope> held() {
    return Powers.onBitting(key.grant(), catalog, organization);
  }

  /**
   * Tells whether it holds a built-in scope.
   *
   * @param scope the scope
   */
  public boolean holds(BuiltInScope scope) {
    return held().test(scope.scope());
  }

  /** Returns the most that it may grant. */
  public Ceiling ceiling() {
    return Ceiling.of(key.grant(), holds(BuiltInScope.KEYS_ISSUE));
  }

  /**
   * Returns it as one who issues.
   *
   * @param call the request by which it does
   */
  public Issuer issuer(Call call) {
    return new Issuer(actor(), ceiling(), java.util.Optional.of(call.requestId()), call.source());
  }

  /** Returns it as the actor of an audit event. */
  public Actor actor() {
    return Actor.key(key.id());
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
    return new AuditEvent.Act(
        action, actor(), target, java.util.Optional.of(call.requestId()), changes);
  }
}
