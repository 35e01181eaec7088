package io.bitting.cli;

/** Makes text from elsewhere fit for a terminal. Stateless. */
final class Plain {
  private Plain() {}

  /**
   * Shows what would move the cursor, colour the screen or turn the line around as a code point.
   */
  static String text(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (Character.getType(point)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.PRIVATE_USE,
                Character.UNASSIGNED,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                plain.append(String.format(java.util.Locale.ROOT, "\\u{%04X}", point));
            default -> plain.appendCodePoint(point);
          }
        });
    return plain.toString();
  }

  /** Says how many of something there are. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  /** Says how many of something there are, whose plural is the word with an s. */
  static String count(long number, String one) {
    return count(number, one, one + "s");
  }
}
