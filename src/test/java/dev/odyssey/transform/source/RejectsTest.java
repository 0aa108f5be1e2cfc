package dev.odyssey.transform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsTest {
  @TempDir Path directory;

  @Test
  void keepsRowsOfEveryKindInOneFile() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      Rejects rejects = Rejects.none(engine);
      engine.run("INSERT INTO rejected BY NAME SELECT 7 AS line, 'a,b' AS raw, 'ragged' AS reason");
      engine.run(
          "INSERT INTO rejected BY NAME SELECT '{}' AS raw, 'no key' AS reason, 'id' AS \"column\"");
      engine.run(
          "INSERT INTO rejected BY NAME SELECT '{}' AS raw, 'no key' AS reason, 'id' AS \"column\"");

      Path file = rejects.write(directory.resolve("rejects.parquet"), rejects.count());

      assertThat(rejects.reasons()).containsExactly(entry("no key", 2L), entry("ragged", 1L));
      assertThat(Job.query("SELECT * FROM '" + file + "'"))
          .containsExactly("7|~|a,b|ragged|~|~", "~|~|{}|no key|id|~", "~|~|{}|no key|id|~");
    }
  }

  @Test
  void keepsTheOrderOfEachFile() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      Rejects rejects = Rejects.none(engine);
      engine.run(
          "INSERT INTO rejected BY NAME SELECT unnest([2, 1, 1]) AS line, unnest(['a', 'b', 'a']) AS file");

      Path file = rejects.write(directory.resolve("rejects.parquet"), rejects.count());

      assertThat(Job.query("SELECT file, line FROM '" + file + "'"))
          .containsExactly("a|1", "a|2", "b|1");
    }
  }

  @Test
  void writesNoFileWithoutRows() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      Rejects rejects = Rejects.none(engine);

      assertThat(rejects.write(directory.resolve("rejects.parquet"), 0)).isNull();
      assertThat(directory.resolve("rejects.parquet")).doesNotExist();
    }
  }
}
