package io.bitting.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class UnreachableTest {

  private static IOException by(IOException failure, Throwable... causes) {
    Throwable at = failure;
    for (Throwable cause : causes) {
      at.initCause(cause);
      at = cause;
    }
    return failure;
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            by(new ConnectException(), new ConnectException(), new ClosedChannelException()),
            "the connection was refused; nothing listens there"),
        arguments(
            by(new ConnectException(), new UnresolvedAddressException()),
            "no host of that name is known"),
        arguments(new UnknownHostException("nowhere"), "no host of that name is known"),
        arguments(new NoRouteToHostException("x"), "no route leads to that host"),
        arguments(
            by(new HttpConnectTimeoutException("x"), new ConnectException()),
            "there was no connection in time"),
        arguments(
            by(
                new SSLHandshakeException("(certificate_unknown) PKIX path building failed: sun."),
                new CertificateException("PKIX path building failed: sun.security"),
                new CertPathBuilderException("unable to find")),
            "its TLS certificate is of no authority that this Java trusts"),
        arguments(
            by(new SSLHandshakeException("x"), new CertificateExpiredException("NotAfter: …")),
            "its TLS certificate has expired"),
        arguments(
            by(new SSLHandshakeException("x"), new CertificateException("No name matching y")),
            "its TLS certificate is not accepted (No name matching y)"),
        arguments(
            new SSLException("Unsupported or unrecognized SSL message"),
            "TLS failed (Unsupported or unrecognized SSL message)"),
        arguments(new SocketException("Connection reset"), "the connection broke off"),
        arguments(new IOException(), "the connection broke off"),
        arguments(new IOException("EOF"), "the connection broke off (EOF)"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void why_failure_isSaidInWords(IOException failure, String words) {
    assertThat(Unreachable.why(failure)).isEqualTo(words);
  }
}
