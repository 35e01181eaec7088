package io.bitting.server.http;

import io.bitting.scope.Spelling;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is at the other end: the peer itself, or whoever a listed proxy says it speaks for.
 *
 * <p>Immutable and thread-safe.
 */
final class Caller {
  private final Set<String> proxies;

  /**
   * Takes the addresses of the proxies that are believed.
   *
   * @throws IllegalArgumentException if one of them is no address: it would never be believed
   */
  Caller(Set<String> proxies) {
    Set<String> addresses = new HashSet<>();
    for (String proxy : proxies) {
      addresses.add(
          canonical(proxy)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "trusted proxy \""
                          + Spelling.printable(proxy)
                          + "\" is no IP address; list the address of each proxy with --trusted-proxies")));
    }
    this.proxies = Set.copyOf(addresses);
  }

  /** Returns the caller's address: the last one that a listed proxy did not add itself. */
  String address(String peer, List<String> forwardedFor) {
    String address = peer;
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && proxies.contains(address); i--) {
      Optional<String> hop = canonical(hops[i].strip());
      if (hop.isEmpty()) {
        break;
      }
      address = hop.get();
    }
    return address;
  }

  /**
   * Tells whether a key may travel to us this way without TLS: from this machine, or over a proxy
   * that had it over TLS. A proxy on this machine that says how it had it is believed, too.
   */
  boolean isPrivate(String peer, List<String> forwardedProto) {
    if (proxies.contains(peer) && !forwardedProto.isEmpty()) {
      return forwardedProto.size() == 1 && forwardedProto.get(0).equalsIgnoreCase("https");
    }
    return isLoopback(peer);
  }

  static boolean isLoopback(String address) {
    return literal(address).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** Returns an address as the peer's is written, however it is written; nothing is looked up. */
  private static Optional<String> canonical(String text) {
    return literal(text).map(InetAddress::getHostAddress);
  }

  /** Reads an address. One of IPv4 has four numbers, without zeros that some take for octal. */
  private static Optional<InetAddress> literal(String text) {
    boolean readable =
        text.indexOf(':') >= 0
            ? text.matches("[0-9A-Fa-f:.]{2,45}")
            : text.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    try {
      return readable ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
