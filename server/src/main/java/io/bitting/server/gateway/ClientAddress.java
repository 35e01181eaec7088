package io.bitting.server.gateway;

import io.bitting.server.http.Call;
import io.bitting.server.http.HeaderName;
import io.bitting.server.http.IpAddress;
import java.util.List;

/** The client's address as a gateway says it. */
final class ClientAddress {
  private static final CharSequence FORWARDED_FOR = HeaderName.of("X-Forwarded-For");

  private ClientAddress() {}

  /**
   * Returns the last address of {@code X-Forwarded-For}, which the gateway itself has added; what
   * stands before it may be the client's invention. Empty if that is no address.
   */
  static String of(Call.Headers headers) {
    List<String> values = headers.all(FORWARDED_FOR);
    if (values.isEmpty()) {
      return "";
    }
    String last = values.get(values.size() - 1);
    return checked(last.substring(last.lastIndexOf(',') + 1).strip());
  }

  /** Returns a text if it is a literal address, else nothing. */
  static String checked(String text) {
    return IpAddress.isLiteral(text) ? text : "";
  }
}
