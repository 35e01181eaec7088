package io.bitting.server.http;

import io.bitting.access.AccessRequest;
import io.bitting.access.Credential;
import io.bitting.access.Decision;
import io.bitting.access.Guard;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.usage.Origin;

/**
 * Lets a request through to an endpoint of Bitting, or says what to answer. Where an endpoint asks
 * for any valid key, that of every API counts: it is only asked whose key it is.
 *
 * <p>Thread-safe.
 */
public final class Gate {
  private final LocalAuthorizer authorizer;
  private final Guard guard;
  private final OwnChecks checks;

  /**
   * Makes the gate.
   *
   * @param authorizer decides
   * @param checks told of each check
   */
  public Gate(LocalAuthorizer authorizer, OwnChecks checks) {
    this.authorizer = authorizer;
    this.guard = new Guard(authorizer, ApiId.BITTING);
    this.checks = checks;
  }

  Guard.Verdict check(Credential credential, Route route, Origin origin) {
    if (route.requirement() instanceof Requirement.Anonymous) {
      return new Guard.Passed(null);
    }
    if (credential instanceof Credential.Ambiguous ambiguous) {
      return new Guard.Refused(guard.ambiguous(ambiguous.why()));
    }
    String token = credential instanceof Credential.Presented presented ? presented.token() : "";
    try {
      Decision decision = decide(token, route);
      checks.checked(decision, route, origin);
      return switch (decision) {
        case Decision.Allowed allowed -> new Guard.Passed(allowed.key());
        case Decision.Denied denied ->
            new Guard.Refused(guard.refusal(denied, route.operation()), denied.key());
      };
    } catch (VerificationUnavailableException e) {
      return new Guard.Refused(Guard.unavailable(), null);
    }
  }

  private Decision decide(String token, Route route) {
    return route.requirement() instanceof Requirement.AnyValidKey
        ? authorizer.identify(token)
        : authorizer.authorize(new AccessRequest(token, ApiId.BITTING, route.requirement()));
  }
}
