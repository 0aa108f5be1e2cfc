package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlTest {

  /** What people and others put into names. */
  static List<String> nastyNames() {
    return List.of(
        "a\"b",
        "\"",
        "\"\"; DROP TABLE x; --",
        "a.b",
        "a'b",
        "'; SELECT 1 --",
        "a\nb",
        "a\r\nb\tc",
        "select",
        "ORDER BY",
        " ",
        "   two  blanks ",
        "%s %d {} ${x} \\ \\u0041",
        "/* x */",
        "-- x",
        "$1",
        "?",
        "👩‍👧‍👦",
        "東京",
        "مرحبا",
        "\u202etxet desrever",
        "a\u200bb",
        "e\u0301",
        "\u0001\u001f",
        "x".repeat(64),
        "ü".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("nastyNames")
  void anyNameAndTextComesBackAsItWas(String text) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %s AS %s, %s[1] AS list, %s['k'] AS struct"
                    .formatted(
                        Sql.literal(text),
                        Sql.identifier(text),
                        Sql.list(List.of(text, "other")),
                        Sql.struct(new LinkedHashMap<>(Map.of("k", text)))))) {
      row.next();

      assertThat(row.getMetaData().getColumnName(1)).isEqualTo(text);
      assertThat(row.getString(1)).isEqualTo(text);
      assertThat(row.getString(2)).isEqualTo(text);
      assertThat(row.getString(3)).isEqualTo(text);
    }
  }

  @Test
  void refusesNulWhichWouldCutTheStatement() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sql.identifier("a\0b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Sql.literal("a\0b"));
  }
}
