package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.TransformSettings.RefHash;
import dev.odyssey.transform.engine.Macros;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;

/**
 * The vectors of docs/ref.md on both lines of the engine. Their hashes were computed from the table
 * there by a program that knows no DuckDB.
 */
class RefVectorsTest {
  /** Fetched by the build, see pom.xml. */
  private static final Path OTHER_ENGINE = Path.of("target/other-engine/duckdb_jdbc.jar");

  @Test
  void holdOnTheEngineInUse() throws Exception {
    assertVectors(new DuckDBDriver());
  }

  @Test
  void holdOnTheOtherLineOfTheEngine() throws Exception {
    assertThat(OTHER_ENGINE).as("run the build's generate-test-resources").exists();
    URL[] jar = {OTHER_ENGINE.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Driver other =
          (Driver) loader.loadClass("org.duckdb.DuckDBDriver").getConstructor().newInstance();

      assertThat(version(other)).isNotEqualTo(version(new DuckDBDriver()));
      assertVectors(other);
    }
  }

  @Test
  void tellDifferentRowsApart() throws Exception {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (JsonNode vector : vectors()) {
      alike
          .computeIfAbsent(vector.path("ref").asText(), ref -> new ArrayList<>())
          .add(vector.path("what").asText());
    }

    assertThat(alike.values().stream().filter(names -> names.size() > 1))
        .containsExactlyInAnyOrder(
            List.of("integer 5 as TINYINT", "integer 5 as INTEGER", "integer 5 as BIGINT"),
            List.of(
                "decimal one as DECIMAL(4,1)",
                "decimal one as DECIMAL(12,2)",
                "decimal one as DECIMAL(38,10)",
                "decimal one as DECIMAL(38,20)"),
            List.of("decimal -12.5 as DECIMAL(18,4)", "decimal -12.5 as DECIMAL(38,10)"),
            List.of(
                "five digits after the point as DECIMAL(18,6)",
                "five digits after the point as DECIMAL(38,10)"),
            List.of("a long decimal as DECIMAL(38,0)", "a long decimal as DECIMAL(38,10)"),
            List.of("double 0.0", "double -0.0"),
            List.of("double nan", "double -nan"),
            List.of("double 1.5", "float 1.5 is double 1.5"),
            List.of("a timestamp", "a timestamptz at +02", "a timestamptz at UTC"));
  }

  @Test
  void compatIsTheHashOfOlderWorkers() throws Exception {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("a", "VARCHAR");
    columns.put("b", "DOUBLE");
    columns.put("c", "VARCHAR");
    String row = "SELECT 'x|y' AS a, 1.0::DOUBLE AS b, NULL::VARCHAR AS c";

    String ref = query(new DuckDBDriver(), Ref.sql(columns, RefHash.COMPAT), row);

    assertThat(ref)
        .isEqualTo(
            query(
                new DuckDBDriver(),
                "md5(concat_ws('|', coalesce(a::varchar,''), coalesce(b::varchar,''), coalesce(c::varchar,'')))",
                row));
  }

  private static void assertVectors(Driver driver) throws Exception {
    for (JsonNode vector : vectors()) {
      Map<String, String> columns = new LinkedHashMap<>();
      List<String> values = new ArrayList<>();
      for (JsonNode column : vector.path("row")) {
        String name = "c" + columns.size();
        columns.put(name, column.path("type").asText());
        values.add(
            "(%s)::%s AS %s"
                .formatted(
                    column.path("value").asText("NULL"), column.path("type").asText(), name));
      }
      String ref =
          query(driver, Ref.sql(columns, RefHash.V1), "SELECT " + String.join(", ", values));

      assertThat(ref).as(vector.path("what").asText()).isEqualTo(vector.path("ref").asText());
    }
  }

  private static String query(Driver driver, String sql, String row) throws Exception {
    try (Connection connection = driver.connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'America/New_York'"); // must not matter
      for (String macro : Macros.calledBy(sql)) {
        statement.execute(macro);
      }
      try (ResultSet result = statement.executeQuery("SELECT " + sql + " FROM (" + row + ")")) {
        result.next();
        return result.getString(1);
      }
    }
  }

  private static String version(Driver driver) throws Exception {
    return query(driver, "v", "SELECT version() AS v");
  }

  private static JsonNode vectors() throws Exception {
    return new ObjectMapper()
        .readTree(Files.readString(Path.of("src/test/resources/ref-vectors.json")));
  }
}
