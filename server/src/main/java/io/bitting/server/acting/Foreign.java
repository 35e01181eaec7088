package io.bitting.server.acting;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.Powers;
import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Call;
import io.bitting.server.http.Caller;
import io.bitting.store.Reader;
import java.util.Optional;
import java.util.function.Predicate;

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
    boolean may = own.operator() && held(reader, own, call).test(scope.scope());
    return may ? Acting.named(reader, call.path("org")) : Optional.empty();
  }

  private Predicate<Scope> held(Reader reader, Organization own, Call call) {
    return switch (call.caller()) {
      case Caller.Key asking -> {
        Grant grant = authorizer.grantOf(asking.key());
        yield reader
            .catalog(grant.api())
            .flatMap(Sealed::intact)
            .map(catalog -> Powers.onBitting(grant, catalog, own))
            .orElse(any -> false);
      }
      case Caller.Member asking ->
          reader
              .people()
              .member(asking.member())
              .flatMap(Sealed::intact)
              .map(row -> Powers.of(row.member().role(), own))
              .orElse(any -> false);
    };
  }
}
