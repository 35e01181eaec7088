package io.bitting.server.acting;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.Powers;
import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Call;
import io.bitting.store.Reader;
import java.util.Optional;

/**
 * Finds organizations that are not the caller's own, for callers who run the installation.
 *
 * <p><b>Security guarantees.</b> Whoever does not belong to the operator organization, or lacks the
 * scope, finds nothing, as if there were nothing.
 */
public final class Foreign {
  private final LocalAuthorizer authorizer;
  private final BuiltInScope scope;

  /**
   * Prepares to find.
   *
   * @param authorizer tells the grant of a caller's key
   * @param scope the scope of the installation that it takes
   */
  public Foreign(LocalAuthorizer authorizer, BuiltInScope scope) {
    this.authorizer = authorizer;
    this.scope = scope;
  }

  /**
   * Finds the organization of a path's {@code {org}}.
   *
   * @param reader the transaction
   * @param own the caller's organization
   * @param call the request
   */
  public Optional<Organization> find(Reader reader, Organization own, Call call) {
    Grant grant = authorizer.grantOf(call.key());
    boolean may =
        own.operator()
            && reader
                .catalog(grant.api())
                .flatMap(Sealed::intact)
                .filter(catalog -> Powers.onBitting(grant, catalog, own).test(scope.scope()))
                .isPresent();
    return may ? Acting.named(reader, call.path("org")) : Optional.empty();
  }
}
