package io.bitting.server.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a gateway asks.
 *
 * @param gateway the gateway's token; empty for none
 * @param api the API
 * @param method the client's method
 * @param target the client's request target
 * @param headers the client's headers
 */
record Asked(
    String gateway,
    String api,
    String method,
    String target,
    List<Map.Entry<String, String>> headers) {

  Asked with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Asked(gateway, api, method, target, more);
  }

  Asked bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Asked of(String newMethod, String newTarget) {
    return new Asked(gateway, api, newMethod, newTarget, headers);
  }

  Asked by(String newGateway) {
    return new Asked(newGateway, api, method, target, headers);
  }

  Asked about(String newApi) {
    return new Asked(gateway, newApi, method, target, headers);
  }
}
