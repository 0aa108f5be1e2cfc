package dev.odyssey.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"_delta_log", ".hoodie"})
  void refusesTheFolderOfATableWithALog(String log) {
    var prefixes = new Prefixes(null, null, null, new ObjectMapper());
    var listing =
        new Listing(
            "in", "t", "*", "s", new UUID(0, 1), Path.of("x"), 0, true, List.of(), List.of());
    String names = "[{\"name\":\"%s\",\"id\":null},{\"name\":\"a.parquet\",\"id\":\"1\"}]";
    var body = new ByteArrayInputStream(names.formatted(log).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> prefixes.page(listing, 200, body))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(log);
  }
}
