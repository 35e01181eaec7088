package io.bitting.server.mail;

import io.bitting.member.MailAddress;

/**
 * A plain text to one address.
 *
 * <p><b>Security guarantees.</b> {@code toString} shows nothing of it: an invitation's code is in
 * its text. Its subject is one line: control characters in it are blanks, so that no name in it
 * adds a header (RFC 5322, section 2.2).
 *
 * <p>Immutable and thread-safe.
 *
 * @param to who gets it
 * @param subject one line
 * @param text the text
 */
public record Letter(MailAddress to, String subject, String text) {
  /** Makes the subject one line. */
  public Letter {
    subject = subject.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", " ");
  }

  @Override
  public String toString() {
    return "Letter";
  }
}
