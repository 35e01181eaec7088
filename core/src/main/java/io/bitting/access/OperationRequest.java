package io.bitting.access;

import io.bitting.id.ApiId;

/**
 * A question by operation: may this token call that?
 *
 * <p><b>Security guarantees.</b> {@code toString} does not show the token.
 *
 * @param token what the caller presented, untrusted; empty if nothing was
 * @param api the API that is called
 * @param method the HTTP method of the request, untrusted
 * @param target the request target as it came, with or without its query, untrusted
 */
public record OperationRequest(String token, ApiId api, String method, String target) {
  @Override
  public String toString() {
    return "OperationRequest[api=" + api + ", method=" + method + "]";
  }
}
