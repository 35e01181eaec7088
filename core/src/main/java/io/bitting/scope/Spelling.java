package io.bitting.scope;

import io.bitting.id.KeyId;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Explains what is wrong with a name that should be a scope.
 *
 * <p>Thread-safe: stateless.
 */
public final class Spelling {
  private static final int LONGEST_COMPARED = 2 * Scope.LENGTH_MAX;
  private static final int SHOWN_MAX = 140;
  private static final int SEARCHED_MAX = 4 * SHOWN_MAX;

  /** What follows a prefix: an id, and more such characters than anything has that people write. */
  private static final Pattern TOKEN =
      Pattern.compile("(_[0-9A-Za-z]{" + KeyId.LENGTH + "})[0-9A-Za-z]{20,}");

  private Spelling() {}

  /**
   * Says why a text is no scope that people write.
   *
   * @param text any text
   * @return a sentence; empty if the text follows {@link Scope#RULE}
   */
  public static Optional<String> fault(String text) {
    if (Scope.parse(text).isPresent()) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point > 0x7e || point < 0x20) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "scope \"%s\" has U+%04X (%s) at position %d; scopes are printable ASCII",
                printable(text),
                point,
                Optional.ofNullable(Character.getName(point)).orElse("no character"),
                text.codePointCount(0, i) + 1));
      }
      i += Character.charCount(point);
    }
    return Optional.of("scope \"" + printable(text) + "\" is not well-formed; " + Scope.RULE);
  }

  /**
   * Shows untrusted text within a sentence: at most 140 characters, with whatever does not print,
   * or turns the line around, as a code point. Of what may be a token only prefix and id are shown,
   * since messages end up in logs.
   *
   * @param text any text
   */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    String withoutTokens =
        TOKEN.matcher(text.substring(0, Math.min(text.length(), SEARCHED_MAX))).replaceAll("$1...");
    withoutTokens
        .codePoints()
        .limit(SHOWN_MAX)
        .forEach(point -> {
          if (Character.isLetterOrDigit(point)
              || (point >= 0x20 && point < 0x7f && point != '"' && point != '\\')) {
            shown.appendCodePoint(point);
          } else {
            shown.append(String.format(Locale.ROOT, "\\u{%04X}", point));
          }
        });
    return text.length() > SEARCHED_MAX
            || withoutTokens.codePointCount(0, withoutTokens.length()) > SHOWN_MAX
        ? shown + "…"
        : shown.toString();
  }

  /** Finds the known scope with the fewest differences from {@code wrong}, if these are few. */
  static Optional<Scope> nearest(String wrong, Collection<Scope> known) {
    if (wrong.length() > LONGEST_COMPARED) {
      return Optional.empty();
    }
    String folded =
        Normalizer.normalize(wrong, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    Scope best = null;
    int fewest = Integer.MAX_VALUE;
    for (Scope scope : known) {
      int differences =
          Math.min(
              differences(folded, scope.text()),
              swapped(folded).equals(scope.text()) ? 0 : Integer.MAX_VALUE);
      if (differences < fewest) {
        fewest = differences;
        best = scope;
      }
    }
    return best != null && fewest <= Math.max(2, best.text().length() / 4)
        ? Optional.of(best)
        : Optional.empty();
  }

  private static String swapped(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(colon + 1) + ":" + text.substring(0, colon);
  }

  /** Levenshtein's distance, two rows at a time. */
  private static int differences(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[to.length()];
  }
}
