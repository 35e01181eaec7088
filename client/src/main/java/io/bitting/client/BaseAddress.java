package io.bitting.client;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks the address of a server. Stateless. */
final class BaseAddress {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|[a-z0-9.-]+\\.localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private BaseAddress() {}

  /** Returns the address without a slash at its end. */
  static URI checked(URI base) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
      throw new IllegalArgumentException(
          "\"" + base + "\" is not an http or https address with a host");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of "
              + base.getHost()
              + " has a user, query or fragment; give scheme, host and port");
    }
    if (scheme.equals("http")
        && !LOOPBACK.matcher(base.getHost().toLowerCase(Locale.ROOT)).matches()) {
      throw new IllegalArgumentException(
          "\""
              + base
              + "\" is plain http to another machine, where anybody on the way could read the token; use https");
    }
    return URI.create(base.toString().replaceAll("/+$", ""));
  }
}
