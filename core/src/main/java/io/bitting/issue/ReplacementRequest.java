package io.bitting.issue;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.key.Overlap;
import io.bitting.scope.Scope;
import io.bitting.store.KeyRow;
import java.util.Optional;

/**
 * A key that somebody asks for in the place of another, as it was asked for: nothing here is known
 * to be right. What is empty is taken from the key that is replaced.
 *
 * @param name the name
 * @param purpose what it is for
 * @param scopes the scopes
 * @param expiry when it is to expire; empty for the lifetime of the old one again
 * @param reach the reach; empty for that of the old one, as far as the scopes have a use for it
 * @param overlap how long the old one is accepted; empty for a day, or until it expires
 */
public record ReplacementRequest(
    Optional<String> name,
    Optional<String> purpose,
    Optional<KeyRequest.Scopes> scopes,
    Optional<KeyRequest.Expiry> expiry,
    Optional<KeyRequest.Reaching> reach,
    Optional<Overlap> overlap) {

  /** Returns the key that is asked for as if it were the first. */
  KeyRequest instead(KeyRow old) {
    Grant grant = old.key().grant();
    return new KeyRequest(
        grant.api().text(),
        name.orElse(old.key().name()),
        purpose.orElse(old.key().purpose()),
        scopes.orElseGet(() -> scopes(grant.scopes())),
        expiry.orElseGet(() -> Expiries.again(old)),
        reach.or(() -> reach(grant)));
  }

  private static KeyRequest.Scopes scopes(GrantedScopes scopes) {
    return scopes.isAll()
        ? new KeyRequest.AllScopes()
        : new KeyRequest.SomeScopes(scopes.named().stream().map(Scope::text).toList());
  }

  /** The usual reach follows the scopes, so that it is not taken over from others. */
  private static Optional<KeyRequest.Reaching> reach(Grant grant) {
    return grant.reach().equals(Reach.issuing(grant.api(), grant.scopes()))
        ? Optional.empty()
        : Optional.of(new KeyRequest.ReachingAsBefore(grant.reach()));
  }
}
