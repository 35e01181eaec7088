package io.bitting.access;

import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;

/**
 * A question to an {@link Authorizer}.
 *
 * <p><b>Security guarantees.</b> {@code toString} does not show the token.
 *
 * @param token what the caller presented, untrusted; empty if nothing was
 * @param api the API that is called
 * @param requirement what the called operation requires
 */
public record AccessRequest(String token, ApiId api, Requirement requirement) {
  @Override
  public String toString() {
    return "AccessRequest[api=" + api + ", requirement=" + requirement + "]";
  }
}
