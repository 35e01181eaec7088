package io.bitting.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What the server writes to a terminal. */
final class LogTest {

  /** Guarantee: no text of a stranger moves the cursor, begins a line or turns letters around. */
  @Test
  void line_controlsInMessageAndException_areReplaced() throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var console = (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
    Exception nested = new IllegalStateException("a\u001b[2Jb\u202ec");

    String line =
        new String(
            console
                .getEncoder()
                .encode(
                    new LoggingEvent(
                        LogTest.class.getName(),
                        root,
                        Level.ERROR,
                        "x\u001b[31my\nz",
                        new IllegalArgumentException("d\re\u0007f", nested),
                        null)),
            UTF_8);

    assertThat(line)
        .contains("x?[31my?z\n", "IllegalArgumentException: d?e?f\n", "a?[2Jb?c\n", "\n\tat ")
        .doesNotContain("\u001b", "\r", "\u0007", "\u202e")
        .containsOnlyOnce("IllegalArgumentException");
    context.stop();
  }
}
