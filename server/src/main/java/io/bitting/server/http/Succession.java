package io.bitting.server.http;

import io.bitting.access.VerifiedKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers that what they present has a successor, and until when it is accepted: {@code
 * Deprecation} (RFC 9745), {@code Sunset} (RFC 8594) and a link to a page that explains it. Only
 * callers who proved the whole secret are told.
 */
public final class Succession {
  /** As RFC 9110, section 5.6.7, has it: two digits for the day. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final String PAGE = "/errors/key_expired";

  private Succession() {}

  /**
   * Returns the headers of an answer to a key.
   *
   * @param key what was proved; null if nothing was
   * @param base the address that pages are under, without a slash at its end
   * @return empty unless it has a successor
   */
  public static List<Header> headers(@Nullable VerifiedKey key, String base) {
    Instant since = key == null ? null : key.supersededAt().orElse(null);
    Instant until = key == null ? null : key.expiresAt().orElse(null);
    if (since == null || until == null) {
      return List.of();
    }
    String page = "<" + base + PAGE + ">; rel=\"";
    return List.of(
        new Header("Deprecation", "@" + since.getEpochSecond()),
        new Header("Sunset", HTTP_DATE.format(until)),
        new Header(
            "Link",
            page + "deprecation\"; type=\"text/html\", " + page + "sunset\"; type=\"text/html\""));
  }
}
