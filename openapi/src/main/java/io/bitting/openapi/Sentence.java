package io.bitting.openapi;

import io.bitting.scope.Spelling;
import java.util.Collection;
import java.util.Iterator;

/** Shows parts of a document, which anybody may have written, within the sentences of faults. */
final class Sentence {
  /** The greatest length of a line, in code points. */
  static final int LINE_MAX = 200;

  private static final int LISTED_MAX = 10;

  private Sentence() {}

  static String quoted(String text) {
    return "\"" + Spelling.printable(text) + "\"";
  }

  /** Lists the first of some texts, each in quotes. */
  static String listed(Collection<?> all) {
    StringBuilder list = new StringBuilder();
    Iterator<?> each = all.iterator();
    for (int i = 0; i < LISTED_MAX && each.hasNext(); i++) {
      list.append(i == 0 ? "" : ", ").append(quoted(each.next().toString()));
    }
    return each.hasNext() ? list + " and " + (all.size() - LISTED_MAX) + " more" : list.toString();
  }

  /** Makes one line of a text, without what does not print, and short. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(2 * LINE_MAX)
        .map(point -> prints(point) ? point : ' ')
        .filter(
            point -> point != ' ' || (line.length() > 0 && line.charAt(line.length() - 1) != ' '))
        .forEach(line::appendCodePoint);
    String stripped = line.toString().stripTrailing();
    return stripped.codePointCount(0, stripped.length()) <= LINE_MAX
        ? stripped
        : stripped.substring(0, stripped.offsetByCodePoints(0, LINE_MAX - 1)) + "…";
  }

  private static boolean prints(int point) {
    int type = Character.getType(point);
    return !Character.isWhitespace(point)
        && !Character.isSpaceChar(point)
        && type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.PRIVATE_USE
        && type != Character.UNASSIGNED;
  }

  /** Returns the RFC 6901 pointer to a member. */
  static String pointer(String parent, String name) {
    return parent + "/" + Spelling.printable(name).replace("~", "~0").replace("/", "~1");
  }
}
