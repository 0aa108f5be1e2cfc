package dev.odyssey.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixesTest {
  @ParameterizedTest
  @CsvSource({
    "*,any.csv,true",
    "a.csv,a.csv,true",
    "a.csv,aXcsv,false",
    "2026-*.csv,2026-01.csv,true",
    "2026-*.csv,2025-01.csv,false",
    "2026-*.csv,2026-.csv,true",
    "ab*ba,aba,false",
    "*a*ab*,xaxab,true",
    "*ab*ab,abab,true",
    "*ab*ab,ab,false",
    "*ab*abc,ababxabc,true"
  })
  void aStarIsAnyText(String pattern, String name, boolean matches) {
    assertThat(Prefixes.matches(pattern, name)).isEqualTo(matches);
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyStarsEndSoon() {
    String pattern = "*a".repeat(100) + "b";
    assertThat(Prefixes.matches(pattern, "a".repeat(255))).isFalse();
  }
}
