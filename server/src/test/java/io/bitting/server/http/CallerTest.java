package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guarantees that nobody but a listed proxy says who is at the other end, or how he came. */
final class CallerTest {
  private static final Caller CALLER =
      new Caller(Set.of("10.0.0.1", "10.0.0.2", "2001:db8::1", "127.0.0.1"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nobody is believed who is not listed.
        "203.0.113.5| 198.51.100.7| 203.0.113.5",
        "203.0.113.5| 10.0.0.1| 203.0.113.5",
        "203.0.113.5| ''| 203.0.113.5",
        "10.0.0.3| 198.51.100.7| 10.0.0.3",
        "127.0.0.2| 198.51.100.7| 127.0.0.2",
        // A listed one says whom it speaks for.
        "10.0.0.1| 198.51.100.7| 198.51.100.7",
        "10.0.0.1| ' 198.51.100.7 '| 198.51.100.7",
        "127.0.0.1| 198.51.100.7| 198.51.100.7",
        // The last one that it did not add itself; what stands before, anybody may have written.
        "10.0.0.1| 1.2.3.4, 198.51.100.7| 198.51.100.7",
        "10.0.0.1| 1.2.3.4, 10.0.0.2, 198.51.100.7| 198.51.100.7",
        "10.0.0.1| 1.2.3.4, 198.51.100.7, 10.0.0.2| 198.51.100.7",
        "10.0.0.1| 10.0.0.2, 10.0.0.1| 10.0.0.2",
        // What is no address ends it.
        "10.0.0.1| ''| 10.0.0.1",
        "10.0.0.1| unknown| 10.0.0.1",
        "10.0.0.1| 198.51.100.7, unknown| 10.0.0.1",
        "10.0.0.1| evil.example| 10.0.0.1",
        "10.0.0.1| 198.51.100.7:80| 10.0.0.1",
        "10.0.0.1| 1.2.3| 10.0.0.1",
        "10.0.0.1| 256.1.1.1| 10.0.0.1",
        "10.0.0.1| 0x7f.0.0.1| 10.0.0.1",
        "10.0.0.1| 010.0.0.9| 10.0.0.1",
        "10.0.0.1| ::::| 10.0.0.1",
        "10.0.0.1| ','| 10.0.0.1",
        // An address is the same however it is written.
        "10.0.0.1| 2001:DB8::7| 2001:db8:0:0:0:0:0:7",
        "10.0.0.1| ::ffff:198.51.100.7| 198.51.100.7",
        "2001:db8:0:0:0:0:0:1| 198.51.100.7| 198.51.100.7",
        "10.0.0.1| 198.51.100.7, 2001:0db8::0001| 198.51.100.7",
        "2001:db8:0:0:0:0:0:2| 198.51.100.7| 2001:db8:0:0:0:0:0:2"
      })
  void address_isWhomAListedProxySpeaksFor(String peer, String forwardedFor, String address) {
    assertThat(CALLER.address(peer, List.of(forwardedFor))).isEqualTo(address);
  }

  /** Several headers are one list (RFC 9110, section 5.3). */
  @Test
  void address_ofSeveralHeaders_isOfTheLast() {
    assertThat(CALLER.address("10.0.0.1", List.of("1.2.3.4", "198.51.100.7")))
        .isEqualTo("198.51.100.7");
    assertThat(CALLER.address("10.0.0.1", List.of("198.51.100.7", "10.0.0.2")))
        .isEqualTo("198.51.100.7");
    assertThat(CALLER.address("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
  }

  @Test
  void address_withControlCharacters_isTheProxys() {
    for (String hop : List.of("198.51.100.7\nx", "198.51.100.7\u0000", "198.51.100.7%eth0")) {
      assertThat(CALLER.address("10.0.0.1", List.of(hop))).isEqualTo("10.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.10, true",
    "0:0:0:0:0:0:0:1, true",
    "203.0.113.5, false",
    "10.0.0.3, false",
    "0:0:0:0:0:0:0:2, false",
    "'', false",
    "localhost, false"
  })
  void isPrivate_withoutAWord_isThisMachineOnly(String peer, boolean expected) {
    assertThat(new Caller(Set.of("10.0.0.1")).isPrivate(peer, List.of())).isEqualTo(expected);
  }

  static Stream<List<String>> notHttps() {
    return Stream.of(
        List.of("http"),
        List.of(""),
        List.of("https, http"),
        List.of("http", "https"),
        List.of("https", "https"),
        List.of("httpsx"),
        List.of("ws"));
  }

  @Test
  void isPrivate_byAProxy_isWhatItSays() {
    for (String proxy : List.of("10.0.0.1", "2001:db8:0:0:0:0:0:1", "127.0.0.1")) {
      assertThat(CALLER.isPrivate(proxy, List.of("https"))).as(proxy).isTrue();
      assertThat(CALLER.isPrivate(proxy, List.of("HTTPS"))).as(proxy).isTrue();
      notHttps()
          .forEach(
              said -> assertThat(CALLER.isPrivate(proxy, said)).as(proxy + " " + said).isFalse());
    }
    assertThat(CALLER.isPrivate("10.0.0.1", List.of())).isFalse();
    assertThat(CALLER.isPrivate("203.0.113.5", List.of("https"))).isFalse();
  }
}
