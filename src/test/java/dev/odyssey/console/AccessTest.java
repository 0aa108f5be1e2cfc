package dev.odyssey.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.console.Access.Verdict;
import dev.odyssey.failure.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Optional<Secret> PASSWORD = Optional.of(new Secret("correct horse"));

  private final Access open = new Access(Optional.empty(), at(NOW));
  private final Access guarded = new Access(PASSWORD, at(NOW));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost:8080, LOOK",
    "127.0.0.1, 127.0.0.1:8080, LOOK",
    "0:0:0:0:0:0:0:1, [::1]:8080, LOOK",
    "::ffff:127.0.0.1, localhost, LOOK",
    "127.0.0.1, attacker.example:8080, REFUSED",
    "127.0.0.1, localhost.attacker.example, REFUSED",
    "127.0.0.1, 127.0.0.1.attacker.example, REFUSED",
    "10.0.0.7, localhost:8080, REFUSED",
    "127.0.0.1,, REFUSED"
  })
  void withoutPasswordOnlyThisMachineLooks(String address, String host, Verdict expected) {
    assertThat(open.judge(new Caller(address, host, false, null))).isEqualTo(expected);
  }

  @Test
  void withoutPasswordWhatAProxyForwardsIsRefused() {
    assertThat(open.judge(new Caller("127.0.0.1", "localhost", true, null)))
        .isEqualTo(Verdict.REFUSED);
  }

  @Test
  void withoutPasswordNobodyLogsIn() {
    assertThat(open.logIn("")).isEmpty();
    assertThat(open.logIn(null)).isEmpty();
  }

  @Test
  void thePasswordGivesASessionThatMayAct() {
    assertThat(guarded.judge(with(null))).isEqualTo(Verdict.LOG_IN);

    String session = guarded.logIn("correct horse").orElseThrow();

    assertThat(guarded.judge(with(session))).isEqualTo(Verdict.ACT);
  }

  @Test
  void aSessionHoldsOnEveryReplicaWithTheSamePassword() {
    String session = guarded.logIn("correct horse").orElseThrow();

    assertThat(new Access(PASSWORD, at(NOW)).judge(with(session))).isEqualTo(Verdict.ACT);
    assertThat(new Access(Optional.of(new Secret("another")), at(NOW)).judge(with(session)))
        .isEqualTo(Verdict.LOG_IN);
  }

  @Test
  void aSessionEnds() {
    String session = guarded.logIn("correct horse").orElseThrow();
    Instant later = NOW.plus(Access.SESSION).plus(Duration.ofSeconds(1));

    assertThat(new Access(PASSWORD, at(later)).judge(with(session))).isEqualTo(Verdict.LOG_IN);
  }

  @Test
  void aForgedSessionIsNone() {
    String session = guarded.logIn("correct horse").orElseThrow();
    String longer = session.replaceFirst("^\\d+", "99999999999");

    assertThat(guarded.judge(with(longer))).isEqualTo(Verdict.LOG_IN);
    assertThat(guarded.judge(with("..")).equals(Verdict.ACT)).isFalse();
    assertThat(guarded.judge(with("x.y.z"))).isEqualTo(Verdict.LOG_IN);
  }

  @Test
  void aFormsTokenIsItsSessionsAlone() {
    String mine = guarded.logIn("correct horse").orElseThrow();
    String other = guarded.logIn("correct horse").orElseThrow();

    assertThat(guarded.isCsrfToken(mine, guarded.csrfToken(mine))).isTrue();
    assertThat(guarded.isCsrfToken(mine, guarded.csrfToken(other))).isFalse();
    assertThat(guarded.isCsrfToken(mine, null)).isFalse();
  }

  @Test
  void guessingIsStopped() {
    for (int i = 0; i < 10; i++) {
      assertThat(guarded.logIn("guess " + i)).isEmpty();
    }

    assertThat(guarded.isGuessing()).isTrue();
    assertThat(guarded.logIn("correct horse")).isEmpty();
  }

  private static Caller with(String session) {
    return new Caller("10.0.0.7", "runner.example", false, session);
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
