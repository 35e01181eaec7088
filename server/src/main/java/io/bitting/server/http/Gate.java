package io.bitting.server.http;

import io.bitting.access.Credential;
import io.bitting.access.Decision;
import io.bitting.access.Guard;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;

/**
 * Lets a request through to an endpoint of Bitting, or says what to answer. Where an endpoint asks
 * for any valid key, that of every API counts: it is only asked whose key it is.
 *
 * <p>Thread-safe.
 */
public final class Gate {
  private final LocalAuthorizer authorizer;
  private final Guard guard;

  /**
   * Makes the gate.
   *
   * @param authorizer decides
   */
  public Gate(LocalAuthorizer authorizer) {
    this.authorizer = authorizer;
    this.guard = new Guard(authorizer, ApiId.BITTING);
  }

  Guard.Verdict check(Credential credential, Route route) {
    if (route.requirement() instanceof Requirement.AnyValidKey
        && !(credential instanceof Credential.Ambiguous)) {
      return identify(credential, route);
    }
    return guard.check(credential, route.requirement(), route.operation());
  }

  private Guard.Verdict identify(Credential credential, Route route) {
    String token = credential instanceof Credential.Presented presented ? presented.token() : "";
    try {
      return switch (authorizer.identify(token)) {
        case Decision.Allowed allowed -> new Guard.Passed(allowed.key());
        case Decision.Denied denied ->
            new Guard.Refused(guard.refusal(denied, route.operation()), denied.key());
      };
    } catch (VerificationUnavailableException e) {
      return new Guard.Refused(Guard.unavailable(), null);
    }
  }
}
