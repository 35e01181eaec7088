package io.bitting.server.http;

import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The other ends of the connections that asked last, each read once: to write an address costs more
 * than to look for what was written. Of two that fall on one place the later one is kept.
 *
 * <p>Thread-safe.
 */
final class Peers {
  private static final Peer UNKNOWN = new Peer("", false);
  private static final int PLACES = 256;

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  /**
   * Who is at the other end of a connection.
   *
   * @param address the literal address; empty if it is not known
   * @param isLoopback whether it is this machine
   */
  record Peer(String address, boolean isLoopback) {
    static Peer of(String address) {
      return new Peer(address, IpAddress.isLoopback(address));
    }
  }

  private record Known(SocketAddress address, Peer peer) {}

  /** Returns who is there; a connection has the same object for its address as long as it is. */
  @SuppressWarnings(
      "ReferenceEquality") // To compare what it says would cost as much as to write it.
  Peer of(@Nullable SocketAddress address) {
    if (address == null) {
      return UNKNOWN;
    }
    int at = System.identityHashCode(address) % PLACES;
    Known known = places.getAcquire(at);
    if (known != null && known.address() == address) {
      return known.peer();
    }
    Peer peer = read(address);
    places.setRelease(at, new Known(address, peer));
    return peer;
  }

  private static Peer read(SocketAddress address) {
    String host = address.hostAddress();
    return host == null ? UNKNOWN : Peer.of(host);
  }
}
