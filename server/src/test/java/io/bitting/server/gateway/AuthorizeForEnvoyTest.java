package io.bitting.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.RawHttp;
import io.bitting.server.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code * /v1/authorize/{api}/envoy/…}: raw, since no usual client sends such targets. */
final class AuthorizeForEnvoyTest extends GatewayContract {
  @Override
  Told ask(Asked asked) {
    StringBuilder request =
        new StringBuilder(asked.method())
            .append(" /v1/authorize/")
            .append(asked.api())
            .append("/envoy")
            .append(asked.target())
            .append(" HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n");
    if (!asked.gateway().isEmpty()) {
      request.append("X-Bitting-Gateway: ").append(asked.gateway()).append("\r\n");
    }
    asked
        .headers()
        .forEach(header ->
            request.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    String text = RawHttp.send(SERVER.server().port(), request.append("\r\n").toString()).text();
    int end = text.indexOf("\r\n\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    text.substring(0, end)
        .lines()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(java.util.Locale.ROOT), header[1]));
    Map<String, String> identity = new LinkedHashMap<>();
    for (CharSequence header :
        List.of(Identity.KEY, Identity.ORGANIZATION, Identity.SCOPES, Identity.SCOPES_OMITTED)) {
      String name = header.toString();
      String value = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      if (value != null) {
        identity.put(name, value);
      }
    }
    int status = Integer.parseInt(text.substring(9, 12));
    // To HEAD nobody says why.
    JsonNode problem =
        status == 200 || asked.method().equals("HEAD")
            ? TestServer.parse(status == 403 ? "{\"code\":\"requirement_unknown\"}" : "{}")
            : TestServer.parse(text.substring(end + 4));
    return new Told(
        status,
        headers.getOrDefault("www-authenticate", ""),
        headers.getOrDefault("retry-after", ""),
        problem,
        identity);
  }

  @Override
  int ordinal() {
    return 2;
  }

  @Test
  void pathThatCannotBeRead_isRefused() {
    assertThat(ask(asked("GET", "/orders%zz")).status()).isEqualTo(400);
    assertThat(ask(asked("GET", "")).status()).isEqualTo(404);
  }
}
