package io.bitting.crash;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Catalogs that differ in one description, by a number. */
final class Editions {
  static final String SCOPE = "scans:read";

  private static final String PLACE = "Allows viewing existing scans.";
  private static final Pattern NUMBERED =
      Pattern.compile("Allows viewing existing scans, edition ([0-9]+)\\.");

  private Editions() {}

  /** Returns a catalog with a number in it. */
  static String text(String catalog, long number) {
    if (!catalog.contains(PLACE)) {
      throw new IllegalArgumentException("the catalog does not say: " + PLACE);
    }
    return catalog.replace(PLACE, "Allows viewing existing scans, edition " + number + ".");
  }

  /** Returns the number in a description; 0 if there is none. */
  static long number(String description) {
    Matcher matcher = NUMBERED.matcher(description);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
