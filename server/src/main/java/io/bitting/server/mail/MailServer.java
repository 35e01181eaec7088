package io.bitting.server.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;

/**
 * A mail server that takes letters over SMTP (RFC 5321), one connection each.
 *
 * <p><b>Security guarantees.</b> Unless the settings say {@link MailSettings.Protection#NONE},
 * neither the password nor a letter is sent before TLS is there and the certificate is that of the
 * host. What the library would log, letters included, is not logged.
 *
 * <p>Thread-safe.
 */
final class MailServer {
  /** Their levels are set for good, so they are held on to. */
  private static final List<Logger> LOGS =
      List.of(Logger.getLogger("org.eclipse.angus"), Logger.getLogger("jakarta.mail"));

  static {
    LOGS.forEach(log -> log.setLevel(Level.OFF));
  }

  private final MailSettings settings;
  private final Clock clock;
  private final Session session;

  /**
   * Makes it; connects to nothing.
   *
   * @param settings where it is and who sends
   * @param tls says whose certificates are believed
   * @param clock tells the date of a letter
   */
  MailServer(MailSettings settings, SSLSocketFactory tls, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.session = Session.getInstance(properties(settings, tls));
  }

  private static Properties properties(MailSettings settings, SSLSocketFactory tls) {
    String millis = String.valueOf(settings.within().toMillis());
    boolean startTls = settings.protection() == MailSettings.Protection.STARTTLS;
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty(
        "mail.smtp.ssl.enable",
        String.valueOf(settings.protection() == MailSettings.Protection.TLS));
    properties.setProperty("mail.smtp.starttls.enable", String.valueOf(startTls));
    properties.setProperty("mail.smtp.starttls.required", String.valueOf(startTls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.setProperty("mail.smtp.ssl.socketFactory.fallback", "false");
    properties.setProperty("mail.smtp.auth", String.valueOf(settings.login().isPresent()));
    properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.setProperty("mail.smtp.quitwait", "false");
    // Also the second half of a Message-ID, which would name this machine otherwise.
    properties.setProperty("mail.from", settings.from().text());
    properties.setProperty("mail.smtp.from", settings.from().text());
    return properties;
  }

  /**
   * Hands a letter over. Blocks until the server took it; in a virtual thread, an interrupt ends
   * that.
   *
   * @param letter the letter
   * @throws MessagingException if the server did not take it, or nobody knows; the message may hold
   *     addresses
   */
  void take(Letter letter) throws MessagingException {
    MimeMessage message = message(letter);
    Transport transport = session.getTransport("smtp");
    try {
      if (settings.login().isPresent()) {
        MailSettings.Login login = settings.login().get();
        transport.connect(settings.host(), settings.port(), login.user(), login.password());
      } else {
        transport.connect(settings.host(), settings.port(), null, null);
      }
      transport.sendMessage(message, message.getAllRecipients());
    } finally {
      leave(transport);
    }
  }

  private MimeMessage message(Letter letter) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(settings.from().text()));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to().text()));
    message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // No answering machine answers (RFC 3834, section 5).
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setText(letter.text(), StandardCharsets.UTF_8.name());
    message.saveChanges();
    return message;
  }

  private static void leave(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // It took the letter, or did not, before; a rude goodbye changes neither.
    }
  }
}
