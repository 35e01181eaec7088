package io.bitting.server.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes words of what a browser calls itself: {@code Firefox on Linux}. Stateless. */
final class BrowserName {
  private static final int LENGTH_MAX = 60;

  /** Each says that it is those after it, too. */
  private static final Map<String, String> BROWSERS =
      inOrder(
          "Edg/",
          "Edge",
          "OPR/",
          "Opera",
          "Firefox/",
          "Firefox",
          "Chrome/",
          "Chrome",
          "Safari/",
          "Safari");

  private static final Map<String, String> SYSTEMS =
      inOrder(
          "Windows",
          "Windows",
          "Android",
          "Android",
          "iPhone",
          "iPhone",
          "iPad",
          "iPad",
          "Mac OS X",
          "macOS",
          "CrOS",
          "ChromeOS",
          "Linux",
          "Linux");

  private BrowserName() {}

  private static Map<String, String> inOrder(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /**
   * Makes the words.
   *
   * @param userAgent what the browser calls itself, any text that prints
   */
  static String of(String userAgent) {
    String browser = first(BROWSERS, userAgent);
    String system = first(SYSTEMS, userAgent);
    if (!browser.isEmpty()) {
      return system.isEmpty() ? browser : browser + " on " + system;
    }
    return userAgent.isEmpty()
        ? "A browser that does not say what it is"
        : userAgent.substring(0, Math.min(userAgent.length(), LENGTH_MAX));
  }

  private static String first(Map<String, String> names, String userAgent) {
    return names.entrySet().stream()
        .filter(name -> userAgent.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
