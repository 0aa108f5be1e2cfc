package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Quoting is undone by the engine itself, whatever the text. */
class SqlPropertyTest {
  private static Connection connection;

  @BeforeContainer
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterContainer
  static void close() throws SQLException {
    connection.close();
  }

  @Property(tries = 300)
  void aQuotedNameIsThatNameAndAQuotedTextThatText(@ForAll("texts") String text)
      throws SQLException {
    String sql = "SELECT %s AS %s".formatted(Sql.literal(text), Sql.identifier(text));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();

      assertThat(row.getMetaData().getColumnName(1)).isEqualTo(text);
      assertThat(row.getString(1)).isEqualTo(text);
      assertThat(row.getMetaData().getColumnCount()).isEqualTo(1);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> sharp =
        Arbitraries.of('"', '\'', '\\', ';', '-', '\n', '$', '%', ' ', 'a');
    return Arbitraries.oneOf(
            sharp
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(all -> all.stream().map(String::valueOf).reduce("", String::concat)),
            Arbitraries.strings().excludeChars((char) 0).ofMinLength(1).ofMaxLength(40))
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }
}
