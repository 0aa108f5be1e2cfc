package dev.odyssey.transform.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetypingTest {
  private static final List<String> TYPES =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL(18,4)",
          "DECIMAL(18,8)",
          "DECIMAL(38,10)",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE",
          "UUID",
          "BLOB",
          "VARCHAR",
          "JSON",
          "BIGINT[]",
          "STRUCT(a BIGINT, b VARCHAR)",
          "MAP(VARCHAR, BIGINT)");

  @TempDir Path directory;

  /** Keys are matched by a hash, of which each type has its own. */
  @Test
  void aValueHasTheTypeThatIsWanted() throws Exception {
    List<String> others = new ArrayList<>();
    int pairs = 0;
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      for (String was : TYPES) {
        for (String now : TYPES) {
          if (was.equals(now) || Retyping.way(engine, was, now).isEmpty()) {
            continue;
          }
          pairs++;
          String value = Retyping.value("old", was, now);
          engine.view(
              "retyped",
              was + " as " + now,
              "SELECT " + value + " AS now FROM (SELECT NULL::" + was + " AS old)");
          String type = engine.describe("FROM retyped").get("now");
          if (!type.equals(now)) {
            others.add(was + " as " + now + ": " + type);
          }
        }
      }
    }

    assertThat(others).isEmpty();
    assertThat(pairs).isGreaterThan(300);
  }
}
