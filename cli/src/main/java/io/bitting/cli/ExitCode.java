package io.bitting.cli;

import io.bitting.client.protocol.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the process ends with. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int NOT_FOUND = 3;
  static final int NOT_AUTHENTICATED = 4;
  static final int REFUSED = 5;
  static final int CONFLICT = 6;
  static final int DIFFERENCES = 10;
  static final int UNAVAILABLE = 69;

  private ExitCode() {}

  /** Returns the codes with their meanings, as help shows them. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "done");
    meanings.put("1", "failure, or faults found");
    meanings.put("2", "the command cannot be read");
    meanings.put("3", "not found");
    meanings.put("4", "not authenticated");
    meanings.put("5", "refused, or denied");
    meanings.put("6", "conflict with what is there");
    meanings.put("10", "differences found");
    meanings.put("69", "the server is unavailable");
    return meanings;
  }

  static int of(Problem problem) {
    return switch (problem.status()) {
      case 401 -> NOT_AUTHENTICATED;
      case 403 -> REFUSED;
      case 404 -> NOT_FOUND;
      case 409 -> CONFLICT;
      case 429, 502, 503, 504 -> UNAVAILABLE;
      default -> FAILURE;
    };
  }
}
