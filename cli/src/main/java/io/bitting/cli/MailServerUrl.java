package io.bitting.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where mail is handed over: {@code smtp://host:port} or {@code smtps://host:port}, with a user or
 * without.
 *
 * @param secure whether TLS is there from the first byte
 * @param host a name, or a literal address without brackets
 * @param port the port
 * @param user who sends
 */
record MailServerUrl(boolean secure, String host, int port, Optional<String> user) {
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;
  private static final int PORT_MAX = 65_535;

  /** Reads one; empty if a text is none, or has more in it. */
  static Optional<MailServerUrl> parse(String text) {
    try {
      URI url = URI.create(text);
      boolean secure = "smtps".equals(url.getScheme());
      if (!(secure || "smtp".equals(url.getScheme())) || url.getHost() == null || hasMore(url)) {
        return Optional.empty();
      }
      int usual = secure ? SUBMISSIONS : SUBMISSION;
      int port = url.getPort() == -1 ? usual : url.getPort();
      Optional<String> user = Optional.ofNullable(url.getUserInfo());
      return port == 0 || port > PORT_MAX || user.stream().anyMatch(String::isEmpty)
          ? Optional.empty()
          : Optional.of(new MailServerUrl(secure, unbracketed(url.getHost()), port, user));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean hasMore(URI url) {
    return !url.getRawPath().isEmpty() || url.getRawQuery() != null || url.getRawFragment() != null;
  }

  /** Tells whether a text has a password where a URL has one. */
  static boolean hasPassword(String text) {
    int at = text.lastIndexOf('@');
    return at >= 0 && text.substring(text.indexOf("//") + 1, at).indexOf(':') >= 0;
  }

  private static String unbracketed(String host) {
    String known = host.toLowerCase(Locale.ROOT);
    return known.startsWith("[") ? known.substring(1, known.length() - 1) : known;
  }
}
