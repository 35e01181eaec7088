package io.bitting.operation;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form by which two segments are compared that a lenient server could take for one another:
 * without case, compatibility forms, marks and characters that do not print, blanks as {@code +}.
 *
 * <p>It is coarser than NFKC with case folding, on purpose, and made of each character by itself:
 * the skeleton of two texts joined is their skeletons joined, which the search for a fixed part
 * within a segment needs and NFKC does not give.
 */
final class Skeleton {
  private Skeleton() {}

  /** Returns the skeleton of a decoded text; the same object if it is its own. */
  static String of(String text) {
    if (isVisibleAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder skeleton = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      append(point, skeleton);
      i += Character.charCount(point);
    }
    return skeleton.toString();
  }

  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character <= ' ' || character >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static void append(int point, StringBuilder skeleton) {
    if (Piece.isEncodedDelimiter(point)) {
      skeleton.append(Piece.delimiter(point));
    } else if (point > ' ' && point < 0x7f) {
      skeleton.append((char) (point >= 'A' && point <= 'Z' ? point + 'a' - 'A' : point));
    } else {
      folded(point)
          .codePoints()
          .forEach(folded -> {
            if (Character.isSpaceChar(folded)) {
              skeleton.append('+');
            } else if (!vanishes(folded)) {
              skeleton.appendCodePoint(folded);
            }
          });
    }
  }

  private static String folded(int point) {
    String plain = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
    // Lower case first, since ẞ has no other upper case, and last, since ß is two letters in upper.
    String lower = plain.toLowerCase(Locale.ROOT);
    String folded = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKD);
  }

  private static boolean vanishes(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
