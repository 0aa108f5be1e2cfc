package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedValuesTest {
  @TempDir Path directory;

  @Test
  void findsWhatSeveralRowsHave() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      engine.view(
          "r",
          "pairs of values",
          "FROM (VALUES (1, 'a'), (1, 'a'), (1, 'b'), (2, NULL), (2, NULL), (NULL, 'c')) AS v (n, t)");
      SharedValues pairs = new SharedValues(engine, "r", List.of("n", "t"));
      SharedValues texts = new SharedValues(engine, "(SELECT DISTINCT t FROM r)", List.of("t"));

      assertThat(pairs.mayBe()).isTrue();
      pairs.into("found");
      assertThat(engine.texts("SELECT n || t FROM found")).containsExactly("1a");
      assertThat(texts.mayBe()).isFalse();
    }
  }

  @Test
  void zerosAndNotANumbersAreEachOne() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      engine.view("r", "values", "SELECT unnest(['0', '-0', 'nan', '-nan', '1'])::DOUBLE AS d");
      SharedValues doubles = new SharedValues(engine, "r", List.of("d"));

      doubles.into("found");
      assertThat(engine.texts("SELECT abs(d) FROM found ORDER BY d")).containsExactly("0.0", "NaN");
    }
  }

  @Test
  void looksSliceBySliceWhereRowsAreMany() throws Exception {
    var settings =
        new TransformSettings("64MB", 2, "2GB", 1 << 20, TransformSettings.RefHash.V1, 1, 1);
    try (Engine engine = Engine.open(directory, settings)) {
      engine.view(
          "r", "values", "SELECT least(i, 8999998) AS n FROM range(9000000) AS numbers (i)");
      SharedValues numbers = new SharedValues(engine, "r", List.of("n"));

      assertThat(numbers.mayBe()).isTrue();
      numbers.into("found");
      assertThat(engine.texts("SELECT n FROM found")).containsExactly("8999998");
      assertThat(Slices.of(engine, 9_000_000, "UBIGINT").count()).isEqualTo(3);
    }
  }
}
