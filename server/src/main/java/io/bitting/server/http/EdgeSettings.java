package io.bitting.server.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How the edge listens.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free one
 * @param baseUrl the address that callers know, without a slash at its end; what links in answers
 *     begin with
 * @param tls certificate and key, if it speaks TLS itself
 * @param proxies the addresses of proxies that are believed
 */
public record EdgeSettings(
    String host, int port, String baseUrl, Optional<Tls> tls, Set<String> proxies) {

  /**
   * Certificate and key.
   *
   * @param certificate PEM file of the certificate chain
   * @param key PEM file of the private key
   */
  public record Tls(Path certificate, Path key) {}
}
