package io.bitting.server.http;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
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
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence FORWARDED_PROTO =
      HttpHeaders.createOptimized("X-Forwarded-Proto");

  private final Set<String> proxies;

  /** Takes the addresses of the proxies that are believed. */
  Caller(Set<String> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  /** Returns the caller's address: the last one that a listed proxy did not add itself. */
  String address(String peer, MultiMap headers) {
    if (!proxies.contains(peer)) {
      return peer;
    }
    String address = peer;
    String[] hops = String.join(",", headers.getAll(FORWARDED_FOR)).split(",", -1);
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
  boolean isPrivate(String peer, MultiMap headers) {
    return isLoopback(peer) || (proxies.contains(peer) && cameOverTls(headers));
  }

  private static boolean cameOverTls(MultiMap headers) {
    List<String> protocols = headers.getAll(FORWARDED_PROTO);
    return protocols.size() == 1 && protocols.get(0).equalsIgnoreCase("https");
  }

  static boolean isLoopback(String text) {
    try {
      byte[] address =
          isAddress(text) ? NetUtil.createByteArrayFromIpAddressString(text) : new byte[0];
      return address != null
          && address.length > 0
          && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Tells whether a text is a literal address, without brackets or a zone. Nothing is looked up,
   * and no pattern is matched: every request that has a key comes by here.
   */
  static boolean isAddress(String text) {
    return NetUtil.isValidIpV4Address(text)
        || (text.indexOf('[') < 0 && text.indexOf('%') < 0 && NetUtil.isValidIpV6Address(text));
  }
}
