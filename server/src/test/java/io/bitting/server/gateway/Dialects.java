package io.bitting.server.gateway;

import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the dialects over HTTP have in common. */
final class Dialects {
  private Dialects() {}

  /** Begins a question: the gateway's proof and everything that the client sent. */
  static HttpRequest.Builder begin(Asked asked, String path) {
    HttpRequest.Builder request = GatewayContract.SERVER.request("", path);
    if (!asked.gateway().isEmpty()) {
      request.header("X-Bitting-Gateway", asked.gateway());
    }
    asked.headers().forEach(header -> request.header(header.getKey(), header.getValue()));
    return request;
  }

  /** Reads an answer that is for the client as it is. */
  static Told plain(TestServer.Reply reply) {
    return new Told(
        reply.status(),
        reply.header("WWW-Authenticate"),
        reply.header("Retry-After"),
        TestServer.parse(reply.status() == 200 ? "{}" : reply.text()),
        identity(reply));
  }

  static Map<String, String> identity(TestServer.Reply reply) {
    Map<String, String> identity = new LinkedHashMap<>();
    Stream.of(Identity.KEY, Identity.ORGANIZATION, Identity.SCOPES, Identity.SCOPES_OMITTED)
        .map(CharSequence::toString)
        .forEach(name ->
            reply.response().headers().firstValue(name).ifPresent(v -> identity.put(name, v)));
    return identity;
  }
}
