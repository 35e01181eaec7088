package io.bitting.gateways;

import java.util.List;

/** Reads headers as they stand. */
final class HttpText {
  private HttpText() {}

  /** Returns the values of a header in the lines of a head. */
  static List<String> values(List<String> head, String name) {
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }
}
