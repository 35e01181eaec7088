package io.bitting.usage;

import java.util.regex.Pattern;

/**
 * Where a request came from, as the verifier was told.
 *
 * <p><b>Security guarantees.</b> Nothing of it is believed: it is shown, and decides nothing. A
 * word as long as a token is not kept, since somebody may send a token in the wrong header.
 *
 * <p>Immutable and thread-safe.
 *
 * @param source the caller's address; empty if the verifier was not told
 * @param userAgent what the caller says it is, cut after 200 characters; empty if the verifier was
 *     not told
 */
public record Origin(String source, String userAgent) {
  /** The greatest length of what a caller says it is, in characters. */
  public static final int USER_AGENT_LENGTH_MAX = 200;

  private static final Pattern LONG_WORD = Pattern.compile("[0-9A-Za-z_]{41,}");

  /** Nothing is known. */
  public static final Origin UNKNOWN = new Origin("", "");

  /** No name of a program is so long, and no token is shorter. */
  private static final int WORD_LENGTH_MAX = 40;

  /** Cuts what is too long. */
  public Origin {
    userAgent = withoutLongWords(userAgent);
    if (userAgent.length() > USER_AGENT_LENGTH_MAX) {
      userAgent = userAgent.substring(0, USER_AGENT_LENGTH_MAX);
    }
  }

  private static String withoutLongWords(String text) {
    int word = 0;
    for (int i = 0; i < text.length(); i++) {
      word = isOfToken(text.charAt(i)) ? word + 1 : 0;
      if (word > WORD_LENGTH_MAX) {
        return LONG_WORD.matcher(text).replaceAll("...");
      }
    }
    return text;
  }

  private static boolean isOfToken(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_';
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
