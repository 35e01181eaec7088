package io.bitting.samples.appsec;

import io.bitting.samples.Fields;
import java.util.List;

/** How a scan is made: what an edit changes. */
record Settings(String name, List<String> tests, int requestsPerSecond) {
  private static final Settings DEFAULTS =
      new Settings("Scan", List.of("sql_injection", "xss"), 10);

  static Settings read(Fields fields) {
    return DEFAULTS.edited(fields);
  }

  Settings edited(Fields fields) {
    return new Settings(
        fields.optionalLine("name", 100).orElse(name),
        fields.optionalLines("tests", 20, 40).orElse(tests),
        fields.optionalNumber("requests_per_second", 1, 1_000).orElse(requestsPerSecond));
  }

  Settings named(String newName) {
    return new Settings(newName, tests, requestsPerSecond);
  }
}
