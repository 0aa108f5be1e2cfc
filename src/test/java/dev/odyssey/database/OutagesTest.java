package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class OutagesTest {
  private final SQLException cut = new SQLException("connection lost", "08006");

  private final Logger logger = (Logger) LoggerFactory.getLogger(Outages.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));
  private final Outages outages =
      new Outages(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  @BeforeEach
  void listen() {
    told.start();
    logger.addAppender(told);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "08P01", "57P01", "57P03", "25006", "57014", "53300"})
  void whatPassesByItselfIsAnOutage(String state) {
    assertThat(outages.isOutage(new RuntimeException(new SQLException("x", state)))).isTrue();
  }

  @Test
  void aPoolWithoutConnectionsIsAnOutageAndAWrongStatementIsNot() {
    assertThat(outages.isOutage(new SQLTransientConnectionException("none"))).isTrue();
    assertThat(outages.isOutage(new SQLException("no such function", "42883"))).isFalse();
    assertThat(outages.isOutage(new IllegalStateException("other"))).isFalse();
  }

  @Test
  void asksEverMoreSlowlyUntilTheDatabaseAnswers() {
    assertThat(outages.mayAsk()).isTrue();
    for (int failure = 0; failure < 20; failure++) {
      outages.noticed(cut);
    }

    now = now.plusMillis(4_900);
    assertThat(outages.mayAsk()).isFalse();
    now = now.plusMillis(100);
    assertThat(outages.mayAsk()).isTrue();

    outages.noticed(cut);
    outages.answered();
    assertThat(outages.mayAsk()).isTrue();
  }

  @Test
  void anOutageIsToldOnceHoweverItShowsItself() {
    outages.noticed(cut);
    outages.noticed(new SQLException("the database system is starting up", "57P03"));
    outages.answered();
    outages.answered();

    assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
  }

  @Test
  void theSameNewsIsNotToldAgainWithinAMinute() {
    for (int second = 0; second < 59; second++) {
      outages.noticed(cut);
      outages.answered();
      now = now.plusSeconds(1);
    }

    assertThat(levels()).containsExactly(Level.WARN, Level.INFO);
  }

  @Test
  void anotherFaultIsNews() {
    outages.noticed(cut);
    outages.noticed(new SQLException("permission denied", "42501"));

    assertThat(told.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .anyMatch(line -> line.contains("permission denied"));
  }

  private List<Level> levels() {
    return told.list.stream().map(ILoggingEvent::getLevel).toList();
  }
}
