package io.bitting.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Says in words why a server could not be reached. What the JDK says is often the name of a class,
 * or nothing. Stateless.
 */
final class Unreachable {
  private static final int CAUSES_MAX = 20;

  private Unreachable() {}

  static String why(IOException failure) {
    if (has(failure, UnknownHostException.class)
        || has(failure, UnresolvedAddressException.class)) {
      return "no host of that name is known";
    }
    if (has(failure, SSLException.class)) {
      return tls(failure);
    }
    if (has(failure, HttpTimeoutException.class)) {
      return "there was no connection in time";
    }
    if (has(failure, NoRouteToHostException.class)) {
      return "no route leads to that host";
    }
    if (has(failure, ConnectException.class)) {
      return "the connection was refused; nothing listens there";
    }
    if (has(failure, SocketException.class)) {
      return "the connection broke off";
    }
    return failure.getMessage() == null
        ? "the connection broke off"
        : "the connection broke off (" + failure.getMessage() + ")";
  }

  private static String tls(IOException failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return "its TLS certificate has expired";
    }
    if (has(failure, CertPathBuilderException.class)) {
      return "its TLS certificate is of no authority that this Java trusts";
    }
    Optional<CertificateException> certificate = find(failure, CertificateException.class);
    if (certificate.isPresent()) {
      return "its TLS certificate is not accepted (" + certificate.get().getMessage() + ")";
    }
    return "TLS failed (" + find(failure, SSLException.class).orElseThrow().getMessage() + ")";
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return find(failure, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable at = failure;
    for (int i = 0; at != null && i < CAUSES_MAX; i++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }
}
