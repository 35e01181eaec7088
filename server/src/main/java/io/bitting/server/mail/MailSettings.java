package io.bitting.server.mail;

import io.bitting.member.MailAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How mail is sent.
 *
 * <p><b>Security guarantees.</b> {@code toString} shows no password, and there is no way to send
 * without TLS that was not asked for as {@link Protection#NONE}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param host the mail server, by name or literal address
 * @param port its port
 * @param protection who can listen on the way
 * @param login who sends, if the server wants to know
 * @param from the address in {@code From}, to which it also comes back
 * @param within how long a letter may take, waiting included
 */
public record MailSettings(
    String host,
    int port,
    Protection protection,
    Optional<Login> login,
    MailAddress from,
    Duration within) {
  /** How long a letter may take, unless said otherwise. */
  public static final Duration WITHIN = Duration.ofSeconds(10);

  /** Who can listen on the way to the mail server. */
  public enum Protection {
    /** Nobody: TLS from the first byte (RFC 8314). */
    TLS,
    /** Nobody: STARTTLS (RFC 3207), and nothing is sent to a server that does not offer it. */
    STARTTLS,
    /** Everybody. For a server on the same machine. */
    NONE
  }

  /**
   * Who sends.
   *
   * @param user the user
   * @param password the password
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login";
    }
  }
}
