package io.bitting.id;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules for names that people give: NFC, no control or direction characters, at most 100 code
 * points, and alike if they differ in case only.
 *
 * <p>Thread-safe: stateless. Independent of the machine's language.
 */
public final class DisplayName {
  /** The greatest length of a name, in code points. */
  public static final int LENGTH_MAX = 100;

  /** The greatest length of a purpose, in code points. */
  public static final int PURPOSE_LENGTH_MAX = 500;

  private static final int MARKS_MAX = 4;

  /**
   * Longer texts, in UTF-16 units, are too long in every form, and normalizing one with many marks
   * takes seconds: NFC shortens a text to a quarter at most.
   */
  private static final int NORMALIZED_MAX = 8 * PURPOSE_LENGTH_MAX;

  private DisplayName() {}

  /**
   * Brings a text into the form that is stored: NFC, without blanks at its ends. A text that is far
   * too long to be stored stays as it is.
   *
   * @param text any text
   */
  public static String normalize(String text) {
    return text.length() > NORMALIZED_MAX
        ? text
        : strip(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  /** Takes off blanks of every kind, also those that do not break a line. */
  private static String strip(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && isBlank(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /**
   * Returns the form by which names are compared: two names with the same are one name.
   *
   * @param name a name
   */
  public static String folded(String name) {
    String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
    // Lower case first, since ẞ has no other upper case, and last, since ß is two letters in upper.
    String lower = compatible.toLowerCase(Locale.ROOT);
    String folded = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  /**
   * Says what is wrong with a text that was normalized.
   *
   * @param what what the text is, for the message: {@code name}, {@code purpose}
   * @param text the text
   * @param lengthMax the greatest length in code points
   * @return a sentence; empty if nothing is wrong
   */
  public static Optional<String> fault(String what, String text, int lengthMax) {
    int length = text.codePointCount(0, text.length());
    if (length > lengthMax) {
      return Optional.of(
          what + " has " + length + " characters; at most " + lengthMax + " are allowed");
    }
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int type = Character.getType(point);
      if (type == Character.CONTROL
          || type == Character.FORMAT
          || type == Character.SURROGATE
          || type == Character.PRIVATE_USE
          || type == Character.UNASSIGNED
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s has U+%04X at position %d, which does not print; take it out",
                what,
                point,
                text.codePointCount(0, i) + 1));
      }
      marks =
          type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK ? marks + 1 : 0;
      if (marks > MARKS_MAX) {
        return Optional.of(
            what + " stacks more than " + MARKS_MAX + " marks on one character; take some out");
      }
      i += Character.charCount(point);
    }
    return Optional.empty();
  }
}
