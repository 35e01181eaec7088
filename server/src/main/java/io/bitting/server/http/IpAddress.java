package io.bitting.server.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;

/**
 * Literal IP addresses. Nothing is looked up, and no pattern is matched: every request that has a
 * key comes by here.
 */
public final class IpAddress {
  private IpAddress() {}

  /**
   * Tells whether a text is a literal address, without brackets or a zone.
   *
   * @param text any text
   */
  public static boolean isLiteral(String text) {
    return NetUtil.isValidIpV4Address(text)
        || (text.indexOf('[') < 0 && text.indexOf('%') < 0 && NetUtil.isValidIpV6Address(text));
  }

  /**
   * Tells whether a text is the address of this machine for itself.
   *
   * @param text any text
   */
  public static boolean isLoopback(String text) {
    return text.equals("127.0.0.1")
        || (isLiteral(text) && InetAddress.ofLiteral(text).isLoopbackAddress());
  }
}
