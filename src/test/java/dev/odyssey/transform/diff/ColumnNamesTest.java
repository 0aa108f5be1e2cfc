package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file's columns may be called as the engine's own, and as those of our statements. */
class ColumnNamesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rowid", "hash", "file_index", "filename", "file", "line\nbreak"})
  void aKeyMayHaveAnyName(String name) {
    Job job = Job.in(directory).mapping("a", name).mapping("b", "n").key(name);

    TransformResult first = job.file("a,b\n1,x\n1,y\n2,z\n,w\n").run();
    TransformResult second =
        job.after(first, Job.READ_AT.plusSeconds(1)).file("a,b\n1,y\n3,y\n3,z\n").run();

    assertThat(first.duplicateKeys()).isEqualTo(1);
    assertThat(first.rejected()).isEqualTo(2);
    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(Job.rows(second, Sql.identifier(name) + ", n, \"$_operation\""))
        .containsExactly("1|y|NO_CHANGE", "3|z|INSERT");
    assertThat(second.deleted()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rowid",
        "hash",
        "content",
        "copies",
        "copy",
        "shared",
        "file_index",
        "line\nbreak"
      })
  void rowsWithoutAKeyMayHaveColumnsOfAnyName(String name) {
    Job job = Job.in(directory).mapping("a", name).mapping("b", "n");

    TransformResult first = job.file("a,b\n1,x\n1,x\n1,x\n2,z\n").run();
    TransformResult second =
        job.after(first, Job.READ_AT.plusSeconds(1)).file("a,b\n1,x\n1,x\n2,z\n2,z\n").run();

    assertThat(second.unchanged()).isEqualTo(3);
    assertThat(second.inserted()).isEqualTo(1);
    assertThat(Job.query("SELECT * EXCLUDE (\"$_ref\") FROM '" + second.changes() + "'"))
        .satisfiesExactlyInAnyOrder(
            row -> assertThat(row).startsWith("2|z|INSERT"),
            row -> assertThat(row).startsWith("1|x|DELETE"));
  }
}
