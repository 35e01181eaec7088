package io.bitting.member;

import java.util.Locale;
import java.util.Optional;

/**
 * The address by which a person signs in and is invited, in the one form in which it is stored and
 * compared: ASCII, in lower case.
 *
 * <p><b>Security guarantees.</b> Two addresses that look alike are the same or both plain ASCII, so
 * that nobody is invited, or signs in, as somebody who only looks the same: what has another
 * alphabet, a quoted part, a blank, a control or a direction character is no address here. Not
 * given: that anybody reads what is sent there.
 *
 * <p>Immutable and thread-safe.
 *
 * @param text the address, see {@link #RULE}
 */
public record MailAddress(String text) implements Comparable<MailAddress> {
  /** The greatest length, in characters (RFC 5321, section 4.5.3.1.3). */
  public static final int LENGTH_MAX = 254;

  /** What an address looks like, for messages. */
  public static final String RULE =
      "a mail address is name@domain of plain ASCII letters, digits and signs, at most 254 characters, with a dot in its domain";

  private static final int LOCAL_MAX = 64;
  private static final int LABEL_MAX = 63;

  /** What an address takes besides letters and digits (RFC 5322, section 3.2.3). */
  private static final String SIGNS = "!#$%&'*+-/=?^_`{|}~";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not an address in its stored form; the message
   *     does not repeat it
   */
  public MailAddress {
    if (!isAddress(text)) {
      throw new IllegalArgumentException("a text is not a mail address as it is stored; " + RULE);
    }
  }

  /**
   * Reads an address and brings it into its stored form.
   *
   * @param text any text
   * @return empty unless it is an address
   */
  public static Optional<MailAddress> parse(CharSequence text) {
    if (text.length() > LENGTH_MAX || !isAscii(text)) {
      return Optional.empty();
    }
    // Only what was ASCII before: ſ and the Kelvin sign would become an s and a k.
    String lower = text.toString().toLowerCase(Locale.ROOT);
    return isAddress(lower) ? Optional.of(new MailAddress(lower)) : Optional.empty();
  }

  private static boolean isAscii(CharSequence text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean isAddress(String text) {
    int at = text.indexOf('@');
    return text.length() <= LENGTH_MAX
        && at > 0
        && at <= LOCAL_MAX
        && isLocal(text.substring(0, at))
        && isDomain(text.substring(at + 1));
  }

  private static boolean isLocal(String local) {
    for (String atom : local.split("\\.", -1)) {
      if (atom.isEmpty()
          || !atom.chars().allMatch(c -> isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDomain(String domain) {
    String[] labels = domain.split("\\.", -1);
    for (String label : labels) {
      if (!isLabel(label)) {
        return false;
      }
    }
    // A number at the end is an IP address, which is not a place for mail.
    return labels.length > 1 && !labels[labels.length - 1].chars().allMatch(c -> c <= '9');
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= LABEL_MAX
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(MailAddress other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
