package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeersTest {
  private final Peers peers = new Peers();

  private static SocketAddress ofConnection(int port, String host) {
    return SocketAddress.inetSocketAddress(port, host);
  }

  /** More connections than there are places. */
  @Test
  void of_manyConnectionsInTurn_eachIsItsOwn() {
    List<SocketAddress> connections = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      connections.add(ofConnection(1_024 + i, "192.0.2." + i % 256));
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < connections.size(); i++) {
        Peers.Peer peer = peers.of(connections.get(i));
        assertThat(peer).isEqualTo(new Peers.Peer("192.0.2." + i % 256, false));
        assertThat(peers.of(connections.get(i))).isSameAs(peer);
      }
    }
  }

  @Test
  void of_thisMachine_isLoopback() {
    assertThat(peers.of(ofConnection(80, "127.0.0.1"))).isEqualTo(Peers.Peer.of("127.0.0.1"));
    assertThat(peers.of(ofConnection(80, "127.0.0.1")).isLoopback()).isTrue();
    assertThat(peers.of(ofConnection(80, "::1")).isLoopback()).isTrue();
  }

  /** Nobody is taken for this machine by what is not known of him. */
  @Test
  void of_noAddress_isNobody() {
    assertThat(peers.of(null)).isEqualTo(new Peers.Peer("", false));
    assertThat(peers.of(SocketAddress.domainSocketAddress("/socket")))
        .isEqualTo(new Peers.Peer("", false));
  }
}
