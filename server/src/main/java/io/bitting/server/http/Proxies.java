package io.bitting.server.http;

import io.bitting.scope.Spelling;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is at the other end: the peer itself, or whoever a listed proxy says it speaks for.
 *
 * <p>Immutable and thread-safe.
 */
final class Proxies {
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence FORWARDED_PROTO =
      HttpHeaders.createOptimized("X-Forwarded-Proto");

  private final Set<String> proxies;

  /**
   * Takes the addresses of the proxies that are believed.
   *
   * @throws IllegalArgumentException if one of them is no address: it would never be believed
   */
  Proxies(Set<String> proxies) {
    Set<String> addresses = new HashSet<>();
    for (String proxy : proxies) {
      if (!IpAddress.isLiteral(proxy)) {
        throw new IllegalArgumentException(
            "trusted proxy \""
                + Spelling.printable(proxy)
                + "\" is no IP address; list the address of each proxy with --trusted-proxies");
      }
      addresses.add(asPeer(proxy));
    }
    this.proxies = Set.copyOf(addresses);
  }

  /** Writes an address as that of a peer is written, which for IPv6 is one of many ways. */
  private static String asPeer(String address) {
    return InetAddress.ofLiteral(address).getHostAddress();
  }

  /** Returns the caller's address: the last one that a listed proxy did not add itself. */
  String address(String peer, MultiMap headers) {
    if (!proxies.contains(peer)) {
      return peer;
    }
    String address = peer;
    String[] hops = String.join(",", headers.getAll(FORWARDED_FOR)).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && proxies.contains(asPeer(address)); i--) {
      String hop = hops[i].strip();
      if (!IpAddress.isLiteral(hop)) {
        break;
      }
      address = hop;
    }
    return address;
  }

  /**
   * Tells whether a key may travel to us this way without TLS: from this machine, or over a proxy
   * that had it over TLS. A proxy on this machine that says how it had it is believed, too.
   */
  boolean isPrivate(Peers.Peer peer, MultiMap headers) {
    if (proxies.contains(peer.address()) && headers.contains(FORWARDED_PROTO)) {
      return cameOverTls(headers);
    }
    return peer.isLoopback();
  }

  private static boolean cameOverTls(MultiMap headers) {
    List<String> protocols = headers.getAll(FORWARDED_PROTO);
    return protocols.size() == 1 && protocols.get(0).equalsIgnoreCase("https");
  }
}
