package io.bitting.samples.appsec;

import io.bitting.samples.Fields;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of an application to scan. Nothing here ever calls it. */
final class Target {
  private static final Pattern MENTION = Pattern.compile("https?://[A-Za-z0-9.-]{1,253}");

  private Target() {}

  /** Reads the member {@code target}. */
  static String read(Fields fields) {
    String target = fields.line("target", 500);
    if (!target.isEmpty() && host(target).isEmpty()) {
      fields.fault(
          "target",
          "value_out_of_range",
          "target is not an http or https address with a host",
          "send one, such as https://shop.example.com");
    }
    return target;
  }

  static Optional<String> host(String target) {
    try {
      URI uri = new URI(target);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web ? Optional.ofNullable(uri.getHost()) : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Returns the first address that a text mentions. */
  static Optional<String> mentioned(String text) {
    Matcher mention = MENTION.matcher(text);
    return mention.find() ? Optional.of(mention.group()) : Optional.empty();
  }
}
