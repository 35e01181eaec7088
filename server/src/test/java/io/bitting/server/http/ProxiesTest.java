package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key travels without TLS only within this machine or behind a listed proxy that says so, and
 * nobody but a listed proxy says whom it speaks for.
 */
final class ProxiesTest {
  private static final String PROXY = "10.0.0.1";
  private static final Proxies PROXIES = new Proxies(Set.of(PROXY, "10.0.0.2"));

  private static MultiMap headers(String name, String... values) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String value : values) {
      headers.add(name, value);
    }
    return headers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
  void isLoopback_addressOfThisMachine_isTrue(String address) {
    assertThat(IpAddress.isLoopback(address)).isTrue();
    assertThat(PROXIES.isPrivate(Peers.Peer.of(address), headers("X-Forwarded-Proto", "http")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "127.0.0.1.example.com",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "127.0.0.1 ",
        "127.0.0.1:80",
        "[::1]",
        "::1%lo",
        "126.0.0.1",
        "128.0.0.1",
        "0.0.0.0",
        "::",
        "::2",
        "fe80::1",
        "1::1",
        "::ffff:10.0.0.9",
        "10.0.0.9"
      })
  void isLoopback_anythingElse_isFalse(String text) {
    assertThat(IpAddress.isLoopback(text)).isFalse();
    assertThat(PROXIES.isPrivate(Peers.Peer.of(text), headers("X-Forwarded-Proto", "https")))
        .isFalse();
  }

  @Test
  void isPrivate_proxyThatSaysOnceThatItHadTls_isTrue() {
    assertThat(PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("X-Forwarded-Proto", "https")))
        .isTrue();
    assertThat(PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("x-forwarded-proto", "HTTPS")))
        .isTrue();
  }

  @Test
  void isPrivate_proxyThatSaysOtherwiseOrNothingOrBoth_isFalse() {
    assertThat(PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("X-Forwarded-Proto"))).isFalse();
    assertThat(PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("X-Forwarded-Proto", "http")))
        .isFalse();
    assertThat(
            PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("X-Forwarded-Proto", "https", "http")))
        .isFalse();
    assertThat(PROXIES.isPrivate(Peers.Peer.of(PROXY), headers("X-Forwarded-Proto", "https, http")))
        .isFalse();
  }

  /** The usual proxy is on this machine: what came to it in the clear was seen on the way. */
  @Test
  void isPrivate_listedProxyOnThisMachine_isWhatItSays() {
    Proxies proxies = new Proxies(Set.of("127.0.0.1", "::1"));
    for (String peer : List.of("127.0.0.1", "0:0:0:0:0:0:0:1")) {
      assertThat(proxies.isPrivate(Peers.Peer.of(peer), headers("X-Forwarded-Proto"))).isTrue();
      assertThat(proxies.isPrivate(Peers.Peer.of(peer), headers("X-Forwarded-Proto", "https")))
          .isTrue();
      for (String other : List.of("http", "", "https, http", "wss")) {
        assertThat(proxies.isPrivate(Peers.Peer.of(peer), headers("X-Forwarded-Proto", other)))
            .isFalse();
      }
    }
    assertThat(proxies.isPrivate(Peers.Peer.of("127.0.0.2"), headers("X-Forwarded-Proto", "http")))
        .isTrue();
  }

  /** An address is the same however it is written. */
  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1", "2001:DB8::1", "2001:0db8:0:0::0001"})
  void proxy_ofIpv6_isFoundAmongPeersAndHops(String listed) {
    Proxies proxies = new Proxies(Set.of(listed, PROXY));
    String peer = "2001:db8:0:0:0:0:0:1";
    assertThat(proxies.isPrivate(Peers.Peer.of(peer), headers("X-Forwarded-Proto", "https")))
        .isTrue();
    assertThat(proxies.address(peer, headers("X-Forwarded-For", "192.0.2.8")))
        .isEqualTo("192.0.2.8");
    assertThat(proxies.address(PROXY, headers("X-Forwarded-For", "192.0.2.8, 2001:db8::1")))
        .isEqualTo("192.0.2.8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy.example", "10.0.0.0/8", "", "10.0.0.1:80", "1.2.3", "[::1]"})
  void proxy_thatIsNoAddress_isRefused(String proxy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Proxies(Set.of(proxy)))
        .withMessageContaining("\"" + proxy + "\" is no IP address");
  }

  /** Guarantee: a proxies cannot give itself another address. */
  @Test
  void address_peerThatIsNoProxy_isThePeer() {
    assertThat(PROXIES.address("192.0.2.7", headers("X-Forwarded-For", "192.0.2.8")))
        .isEqualTo("192.0.2.7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.8 | 192.0.2.8",
        "192.0.2.9, 192.0.2.8 | 192.0.2.8",
        "192.0.2.9, 192.0.2.8, 10.0.0.2 | 192.0.2.8",
        "10.0.0.2 | 10.0.0.2",
        "2001:db8::7 | 2001:db8::7",
        "192.0.2.9, unknown | 10.0.0.1",
        "192.0.2.8:443 | 10.0.0.1",
        "999.0.2.8 | 10.0.0.1",
        "[2001:db8::7] | 10.0.0.1",
        "192.0.2.8, | 10.0.0.1"
      })
  void address_behindProxies_isTheLastThatNoProxyAddedItself(String forwarded, String expected) {
    assertThat(PROXIES.address(PROXY, headers("X-Forwarded-For", forwarded.strip())))
        .isEqualTo(expected);
  }

  @Test
  void address_proxyThatSaysNothing_isTheProxy() {
    assertThat(PROXIES.address(PROXY, headers("X-Forwarded-For"))).isEqualTo(PROXY);
  }
}
