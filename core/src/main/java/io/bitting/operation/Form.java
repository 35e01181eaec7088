package io.bitting.operation;

import java.util.List;

/**
 * The fixed parts of a mixed segment, in one way of writing them: what a reading must begin with,
 * have within, and end with.
 *
 * @param first the first part, which may be empty
 * @param within those between, in their order, none of them empty
 * @param last the last part, which may be empty
 */
record Form(String first, List<String> within, String last) {

  /** Copies the list. */
  Form {
    within = List.copyOf(within);
  }

  /** Returns the form of two parts or more. */
  static Form of(List<String> parts) {
    int last = parts.size() - 1;
    return new Form(parts.get(0), parts.subList(1, last), parts.get(last));
  }

  /**
   * Tells whether a reading consists of the parts with something between each two of them. That the
   * leftmost place is taken for each part loses nothing.
   *
   * @param least how many characters are between two parts at least
   */
  boolean fits(Reading reading, int least) {
    int end = reading.length() - last.length();
    int at = first.length() + least;
    if (at > end || !reading.endsWith(last) || !reading.startsWith(first)) {
      return false;
    }
    for (int i = 0; i < within.size(); i++) {
      int found = reading.indexOf(within.get(i), at);
      if (found < 0) {
        return false;
      }
      at = found + within.get(i).length() + least;
    }
    return at <= end;
  }
}
