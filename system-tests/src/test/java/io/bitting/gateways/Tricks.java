package io.bitting.gateways;

import io.bitting.fixtures.Attack;
import java.nio.charset.StandardCharsets;

/** Attacks on paths, as a client would send them that is no browser. */
final class Tricks {
  private Tricks() {}

  /** Returns a request of which each character is a byte. */
  static String request(Attack trick, String token) {
    String method = trick.text("method").orElse("GET");
    byte[] target = trick.input().getBytes(StandardCharsets.UTF_8);
    return method
        + " "
        + new String(target, StandardCharsets.ISO_8859_1)
        + " HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\nAuthorization: Bearer "
        + token
        + "\r\n"
        + trick.text("header").map(header -> header + "\r\n").orElse("")
        + "\r\n";
  }
}
