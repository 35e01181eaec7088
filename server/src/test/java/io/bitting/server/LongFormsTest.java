package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.organization.Role;
import io.bitting.server.console.SignedIn;
import io.bitting.server.http.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A form that takes a document of megabytes takes it of nobody who is not signed in: whoever is not
 * is answered by what stands before the body.
 */
final class LongFormsTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final int USUAL_BYTES = 256 * 1024;
  private static final int SENT_BYTES = 64 * 1024;
  private static final String LENGTH = "Content-Length: 12000000";
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  /** All of them, so that a new one is asked, too. */
  static List<Route> routes() {
    return SERVER.server().pages().stream()
        .filter(route -> route.bodyBytesMax() > USUAL_BYTES)
        .toList();
  }

  /**
   * Somebody who sends such a form and is not signed in, or sends it from another site.
   *
   * @param template where
   * @param framing the header that says how long the body is
   * @param header what tells them
   * @param status what they are answered
   */
  record Stranger(String template, String framing, String header, int status) {
    String head() {
      return LongFormsTest.head(template, framing, header);
    }

    String shortHead() {
      return LongFormsTest.head(template, framing.replace("12000000", "5"), header);
    }

    boolean isChunked() {
      return framing.equals(CHUNKED);
    }

    String statusLine() {
      return "HTTP/1.1 " + status + " ";
    }
  }

  static Stream<Stranger> strangers() {
    String mine = "Cookie: __Host-bitting=" + SignedIn.as(SERVER.operator(), Role.ADMIN).cookie();
    return routes().stream()
        .flatMap(route ->
            Stream.of(LENGTH, CHUNKED)
                .flatMap(framing ->
                    Stream.of(
                        new Stranger(route.template(), framing, "X-Nothing: x", 303),
                        new Stranger(
                            route.template(),
                            framing,
                            "Cookie: __Host-bitting=" + "x".repeat(32),
                            303),
                        new Stranger(
                            route.template(),
                            framing,
                            mine + "\r\nOrigin: https://evil.example",
                            403),
                        new Stranger(
                            route.template(),
                            framing,
                            mine + "\r\nSec-Fetch-Site: cross-site",
                            403))));
  }

  private static String head(String template, String framing, String header) {
    return "POST "
        + template.replaceAll("\\{[a-z]+}", "x1")
        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + framing
        + "\r\n"
        + header
        + "\r\n\r\n";
  }

  /** What comes back first to somebody who sends a little of the body and waits. */
  private static String sendALittle(String head, int bytes, int patienceMillis) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.server().port())) {
      socket.setSoTimeout(patienceMillis);
      String little = "x".repeat(bytes);
      String body =
          head.contains(CHUNKED) && bytes > 0
              ? Integer.toHexString(bytes) + "\r\n" + little
              : little;
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[8192];
      int n = socket.getInputStream().read(buffer);
      return n < 0 ? "closed" : new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      return "waits";
    }
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void stranger_isAnsweredBeforeTheBody(Stranger stranger) throws IOException {
    for (int bytes : new int[] {0, SENT_BYTES}) {
      String answer = sendALittle(stranger.head(), bytes, 10_000);
      assertThat(answer).startsWith(stranger.statusLine());
      assertThat(answer).containsIgnoringCase("\r\nconnection: close\r\n");
    }
  }

  /** No request after it is taken on the same connection. */
  @ParameterizedTest
  @MethodSource("strangers")
  void stranger_whoSendsALittle_isAnsweredOnce(Stranger stranger) {
    String rest = stranger.isChunked() ? "5\r\nxxxxx\r\n0\r\n\r\n" : "xxxxx";
    RawHttp.Answer answer =
        RawHttp.send(
            SERVER.server().port(),
            stranger.shortHead() + rest + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer.statusLine()).startsWith(stranger.statusLine());
    assertThat(answer.count()).isEqualTo(1);
    assertThat(answer.closed()).as("closed").isTrue();
  }

  /** Whoever goes on sending is hung up on, whether or not the answer gets through. */
  @ParameterizedTest
  @MethodSource("strangers")
  void stranger_whoSendsItAll_isHungUpOn(Stranger stranger) {
    String body = stranger.isChunked() ? "b71b00\r\n" : "";
    RawHttp.Answer answer =
        RawHttp.send(SERVER.server().port(), stranger.head() + body + "x".repeat(12_000_000));
    assertThat(answer.count()).isLessThanOrEqualTo(1);
    assertThat(answer.closed()).as("closed").isTrue();
  }

  /** The control: of somebody who is signed in, the body is waited for. */
  @ParameterizedTest
  @CsvSource({LENGTH, CHUNKED})
  void somebodySignedIn_isWaitedFor(String framing) throws IOException {
    String cookie = SignedIn.as(SERVER.operator(), Role.ADMIN).cookie();
    for (Route route : routes()) {
      String head = head(route.template(), framing, "Cookie: __Host-bitting=" + cookie);
      assertThat(sendALittle(head, SENT_BYTES, 300)).isEqualTo("waits");
    }
  }
}
