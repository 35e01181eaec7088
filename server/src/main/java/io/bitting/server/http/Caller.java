package io.bitting.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * Who is at the other end: the peer itself, or whoever a listed proxy says it speaks for.
 *
 * <p>Immutable and thread-safe.
 */
final class Caller {
  private final Set<String> proxies;

  /** Takes the addresses of the proxies that are believed. */
  Caller(Set<String> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  /** Returns the caller's address: the last one that a listed proxy did not add itself. */
  String address(String peer, List<String> forwardedFor) {
    String address = peer;
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && proxies.contains(address); i--) {
      String hop = hops[i].strip();
      if (!isAddress(hop)) {
        break;
      }
      address = hop;
    }
    return address;
  }

  /**
   * Tells whether a key may travel to us this way without TLS: from this machine, or over a proxy
   * that had it over TLS.
   */
  boolean isPrivate(String peer, List<String> forwardedProto) {
    return (proxies.contains(peer)
            && forwardedProto.size() == 1
            && forwardedProto.get(0).equalsIgnoreCase("https"))
        || isLoopback(peer);
  }

  static boolean isLoopback(String address) {
    try {
      return isAddress(address) && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Tells whether a text is a literal address, so that nothing is ever looked up. */
  static boolean isAddress(String text) {
    return !text.isEmpty()
        && text.length() <= 45
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
        && (text.indexOf(':') >= 0 || text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}"));
  }
}
