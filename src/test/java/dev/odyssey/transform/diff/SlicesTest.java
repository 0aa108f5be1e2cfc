package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlicesTest {
  private static final String ODD =
      "(VALUES (1, 0.0::DOUBLE), (2, '-0'), (3, 'nan'), (4, NULL), (NULL, 5), (NULL, NULL))"
          + " AS odd (a, b)";

  @TempDir Path directory;

  @Test
  void aSmallJoinIsDoneInOneGo() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      assertThat(Slices.of(engine, 1_000_000, "VARCHAR")).isEqualTo(new Slices(1, true));
      assertThat(new Slices(1, true).of(0, "staged", "a")).isEqualTo("staged");
    }
  }

  @Test
  void aJoinOfManyTimesTheMemoryIsDoneInSlices() throws Exception {
    var settings =
        new TransformSettings("256MB", 1, "1GB", 1 << 20, TransformSettings.RefHash.V1, 1, 1);
    try (Engine engine = Engine.open(directory, settings)) {
      assertThat(Slices.of(engine, 4_000_000, "BIGINT")).isEqualTo(new Slices(1, true));
      assertThat(Slices.of(engine, 10_000_000, "BIGINT")).isEqualTo(new Slices(1, false));
      assertThat(Slices.of(engine, 77_000_000, "BIGINT").count()).isEqualTo(6);
      assertThat(Slices.of(engine, 77_000_000, "VARCHAR").count()).isEqualTo(10);
    }
  }

  @Test
  void everyRowIsInOneSliceAndWithThoseThatAreEqual() throws Exception {
    Slices slices = new Slices(3, false);
    List<String> rows = new ArrayList<>();
    List<String> pairs = new ArrayList<>();
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      engine.view(
          "left_rows",
          "usual numbers",
          "FROM range(100) AS r (a), (VALUES (0.0::DOUBLE), (1)) AS d (b)");
      engine.view("odd_rows", "odd ones", "FROM " + ODD);
      for (int i = 0; i < slices.count(); i++) {
        String odd = slices.of(i, "odd_rows", "b");
        rows.addAll(engine.texts("SELECT concat_ws('|', a, b) FROM " + odd));
        pairs.addAll(
            engine.texts(
                "SELECT concat_ws('|', l.a, l.b, r.b) FROM %s AS l JOIN %s AS r ON l.a = r.a AND l.b = r.b"
                    .formatted(slices.of(i, "left_rows", "b"), odd)));
      }
    }

    assertThat(rows).containsExactlyInAnyOrder("1|0.0", "2|-0.0", "3|nan", "4", "5.0", "");
    assertThat(pairs).containsExactlyInAnyOrder("1|0.0|0.0", "2|0.0|-0.0");
  }
}
