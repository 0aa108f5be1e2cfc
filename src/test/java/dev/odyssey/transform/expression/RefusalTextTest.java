package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal quotes, in its own words or the engine's, steers no terminal and no log. */
class RefusalTextTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\u009b31m\"",
        "\"\u001b[31m\"(a)",
        "a \u000b",
        "strptime(a, '%\u001b')",
        "strptime(a, '%\nERROR a forged line')",
        "regexp_matches(a, 'x', '\u001b')",
        "date_part('\u009b2J', DATE '2024-01-01')",
        "TIMESTAMP '2024-01-01' AT TIME ZONE '\u001b]0;title\u0007'",
        "json_extract('{', '$[\u001b')",
        "[a, 1, NULL, 1.5]", // the engine's reason has several lines
      })
  void isOneLineOfVisibleCharacters(String expression) {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> new HostileExpressions(directory).run(expression))
        .withMessageMatching("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+ is refused[^\\p{Cc}\\p{Cf}]+");
  }
}
