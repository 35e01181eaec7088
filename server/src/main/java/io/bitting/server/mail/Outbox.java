package io.bitting.server.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where letters go out. Four are on their way at a time and 32 wait; what comes on top, takes
 * longer than it may, or is refused is not sent, and nobody tries again: who wrote it is told.
 *
 * <p><b>Security guarantees.</b> A failure is logged with what the letter is about and a kind of
 * failure. Neither an address nor anything of the text is logged, nor what the mail server said,
 * which may repeat both.
 *
 * <p>Thread-safe.
 */
public final class Outbox implements AutoCloseable {
  /** As many letters are on their way at once. */
  static final int AT_ONCE = 4;

  /** As many letters wait at most. */
  static final int WAITING_MAX = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Optional<MailServer> server;
  private final Duration within;
  // An interrupt closes the connection of a virtual thread, however often the server keeps talking.
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE.toMillis(),
          TimeUnit.MILLISECONDS,
          new ArrayBlockingQueue<>(WAITING_MAX),
          Thread.ofVirtual().name("mail-", 0).factory());

  Outbox(Optional<MailServer> server, Duration within) {
    this.server = server;
    this.within = within;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens one. Nothing is connected to before there is a letter.
   *
   * @param settings how mail is sent; empty for an outbox that sends nothing
   * @param clock tells the date of a letter
   */
  public static Outbox of(Optional<MailSettings> settings, Clock clock) {
    return new Outbox(
        settings.map(
            each -> new MailServer(each, (SSLSocketFactory) SSLSocketFactory.getDefault(), clock)),
        settings.map(MailSettings::within).orElse(MailSettings.WITHIN));
  }

  /** Tells whether there is a mail server, so that anything is sent at all. */
  public boolean isOpen() {
    return server.isPresent();
  }

  /**
   * Sends a letter, or does not; never throws. Blocks until the mail server took it, but no longer
   * than the settings allow.
   *
   * @param letter the letter
   * @param about what it is about, for the log; nothing secret and no person's data
   * @return whether the mail server took it; false also if nobody knows
   */
  public boolean send(Letter letter, String about) {
    if (server.isEmpty()) {
      return false;
    }
    MailServer taker = server.get();
    Future<?> sending;
    try {
      sending =
          threads.submit(() -> {
            taker.take(letter);
            return true;
          });
    } catch (RejectedExecutionException e) {
      return failed(about, "too many others wait");
    }
    try {
      sending.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return failed(about, "the mail server took longer than " + within.toMillis() + " ms");
    } catch (ExecutionException e) {
      return failed(about, reason(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (CancellationException e) {
      return failed(about, "the server ends");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(about, "the server ends");
    } finally {
      sending.cancel(true);
    }
  }

  /** Returns how many letters wait. */
  int waiting() {
    return threads.getQueue().size();
  }

  private static boolean failed(String about, String why) {
    LOG.warn("the mail of {} was not sent: {}", about, why);
    return false;
  }

  /** Says what failed without a word of what the mail server said. */
  private static String reason(Throwable failure) {
    return switch (failure) {
      case AuthenticationFailedException _ -> "the mail server refused the user or the password";
      case SendFailedException _ -> "the mail server refused the sender, the recipient or the text";
      default -> {
        Throwable first = failure;
        while (first instanceof MessagingException && first.getCause() != null) {
          first = first.getCause();
        }
        yield "no letter can be handed to the mail server ("
            + first.getClass().getSimpleName()
            + ")";
      }
    };
  }

  /** Ends; what waits is not sent. */
  @Override
  public void close() {
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof Future<?> sending) {
        sending.cancel(true);
      }
    }
  }
}
