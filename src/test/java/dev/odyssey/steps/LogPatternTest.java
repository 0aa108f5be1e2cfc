package dev.odyssey.steps;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text log as LOG_FORMAT=text writes it, whatever a message holds. */
class LogPatternTest {
  private static final String INCLUDING =
      "<configuration><include resource=\"logback-text.xml\"/>"
          + "<root level=\"INFO\"><appender-ref ref=\"console\"/></root></configuration>";

  @Test
  void aMessageIsOneLineAndSteersNoTerminal() throws JoranException {
    String line = written("first\r\nsecond \u001b[31m\u009b2J\u0007 ä\tb", null);

    assertThat(line).endsWith("INFO  Told - first | second �[31m�2J� ä\tb \n");
  }

  @Test
  void aStackTraceSteersNoTerminalAndIsWrittenOnce() throws JoranException {
    String lines = written("told", new IllegalStateException("red \u001b[31m"));

    assertThat(lines)
        .contains("IllegalStateException: red �[31m\n\tat dev.odyssey.steps.LogPatternTest")
        .doesNotContain("\u001b")
        .containsOnlyOnce("IllegalStateException");
  }

  private static String written(String message, Throwable thrown) throws JoranException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(INCLUDING.getBytes(StandardCharsets.UTF_8)));
    var root = context.getLogger("ROOT");
    var console = (ConsoleAppender<ILoggingEvent>) root.getAppender("console");
    var event =
        new LoggingEvent(
            "", context.getLogger("dev.odyssey.Told"), Level.INFO, message, thrown, null);
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
