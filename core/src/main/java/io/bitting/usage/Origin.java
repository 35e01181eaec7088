package io.bitting.usage;

/**
 * Where a request came from, as the verifier was told.
 *
 * <p>Immutable and thread-safe. Nothing of it is believed: it is shown, and decides nothing.
 *
 * @param source the caller's address; empty if the verifier was not told
 * @param userAgent what the caller says it is, cut after 200 characters; empty if the verifier was
 *     not told
 */
public record Origin(String source, String userAgent) {
  /** The greatest length of what a caller says it is, in characters. */
  public static final int USER_AGENT_LENGTH_MAX = 200;

  /** Nothing is known. */
  public static final Origin UNKNOWN = new Origin("", "");

  /** Cuts what is too long. */
  public Origin {
    if (userAgent.length() > USER_AGENT_LENGTH_MAX) {
      userAgent = userAgent.substring(0, USER_AGENT_LENGTH_MAX);
    }
  }

  /** Returns it with a question mark for every character that is not printable ASCII. */
  Origin printable() {
    return new Origin(printable(source), printable(userAgent));
  }

  private static String printable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text.charAt(i))) {
        StringBuilder clean = new StringBuilder(text);
        for (int at = i; at < clean.length(); at++) {
          if (!isPrintable(clean.charAt(at))) {
            clean.setCharAt(at, '?');
          }
        }
        return clean.toString();
      }
    }
    return text;
  }

  private static boolean isPrintable(char character) {
    return character >= ' ' && character <= '~';
  }
}
