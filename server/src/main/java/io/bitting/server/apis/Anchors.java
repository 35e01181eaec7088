package io.bitting.server.apis;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names for the places of one page, each once, of letters, digits, dots, dashes and underscores
 * after a prefix: whatever a document says, they need no escape in a link. Not thread-safe.
 */
final class Anchors {
  /** Long enough for every path that people write, short enough to stand in a page twice. */
  private static final int LENGTH_MAX = 120;

  private final Set<String> taken = new HashSet<>();

  /**
   * Names a place.
   *
   * @param prefix what kind of place it is
   * @param text what is there
   * @return the same for the same text and what came before it, so that links stay good
   */
  String of(String prefix, String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-").replaceAll("^-+|-+$", "");
    String name = prefix + (plain.length() > LENGTH_MAX ? plain.substring(0, LENGTH_MAX) : plain);
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "~" + i;
    }
    return free;
  }
}
