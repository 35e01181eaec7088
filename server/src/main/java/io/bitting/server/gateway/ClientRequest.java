package io.bitting.server.gateway;

import io.bitting.server.http.Call;
import java.util.function.Supplier;

/**
 * A request of a client, as a gateway describes it.
 *
 * @param id tells what names the gateway's question, and so the request
 * @param method the HTTP method, untrusted
 * @param target the request target as the client sent it, its query included, untrusted
 * @param headers the client's headers, untrusted
 * @param address tells the client's address; empty if the gateway does not say it
 */
record ClientRequest(
    Supplier<String> id,
    String method,
    String target,
    Call.Headers headers,
    Supplier<String> address) {
  @Override
  public String toString() {
    return "request " + id.get();
  }
}
