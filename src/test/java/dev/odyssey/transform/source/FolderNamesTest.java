package dev.odyssey.transform.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine makes columns of folders that are called {@code a=b}. */
class FolderNamesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,env,n\n1,test,5\n2,test\n",
        "{\"id\": 1, \"env\": \"test\", \"n\": 5}\n",
      })
  void aFolderOfTheJobsDirectoryIsNoColumn(String file) throws Exception {
    Path place = Files.createDirectories(directory.resolve("env=prod").resolve("work"));
    Job job = Job.in(place).key("id").schema("n integer").mapping("id", "id").mapping("env", "env");

    TransformResult first = job.mapping("n", "n").file(file).run();
    TransformResult second =
        job.file(file.replace("5", "6")).after(first, Job.READ_AT.plusSeconds(1)).run();

    assertThat(first.inserted()).isEqualTo(1);
    assertThat(second.updated()).isEqualTo(1);
    assertThat(
            Job.query(
                "SELECT * EXCLUDE (\"$_ref\", \"$_operation\", \"$_timestamp\", \"$_last_updated\") FROM read_parquet('%s', hive_partitioning = false)"
                    .formatted(second.snapshot())))
        .containsExactly("1|test|6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 AS id", "1 AS id, 'test' AS env"})
  void norOfAParquetFilesRows(String columns) throws Exception {
    Path place = Files.createDirectories(directory.resolve("env=prod"));
    Path file = place.resolve("source.parquet");
    Job.query("COPY (SELECT " + columns + ") TO '" + file + "'");

    TransformResult result = Job.in(place).sourceAt(file).run();

    assertThat(result.columns())
        .extracting(SnapshotColumn::name)
        .hasSize(columns.split(",").length + SystemColumns.ALL.size());
  }
}
