package dev.odyssey.transform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"%s[]", "%s[3]", "MAP(VARCHAR, %s)", "STRUCT(\"a(\"\"b\" DECIMAL(18,4), c %s)[]"})
  void countsListsAndMapsWithinOneAnother(String level) {
    String fits = "BIGINT";
    for (int i = 0; i < 16; i++) {
      fits = level.formatted(fits);
    }

    assertThat(Nesting.isTooDeep(fits)).isFalse();
    assertThat(Nesting.isTooDeep("STRUCT(a %1$s, b %1$s)".formatted(fits))).isFalse();
    assertThat(Nesting.isTooDeep(level.formatted(fits))).isTrue();
    assertThat(Nesting.isTooDeep("STRUCT(a %s[], b BIGINT)".formatted(fits))).isTrue();
  }
}
