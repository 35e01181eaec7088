package io.bitting.server.signin;

import io.bitting.scope.Spelling;

/**
 * Who is at the other end of a request that signs in, or is signed in.
 *
 * @param address where the request came from, a literal address
 * @param userAgent what the browser calls itself, as it may be shown
 * @param device the value of the cookie of {@link KnownDevices}; empty if it sent none
 * @param requestId names the request
 */
public record Browser(String address, String userAgent, String device, String requestId) {
  private static final String NOWHERE = "0.0.0.0";

  /** Makes what is empty or does not print fit to be kept. */
  public Browser {
    address = address.isEmpty() ? NOWHERE : address;
    userAgent = Spelling.printable(userAgent);
  }

  @Override
  public String toString() {
    return "Browser[" + requestId + "]";
  }
}
