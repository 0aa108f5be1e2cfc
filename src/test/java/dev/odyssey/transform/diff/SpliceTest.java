package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.OtherReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpliceTest {
  private static final String FROM_ROWS =
      "SELECT range AS id, 'city ' || range %% 7 AS city, [range, NULL] AS list, {'a': range} AS struct FROM range(%d)";

  @TempDir Path directory;

  @Test
  void bothLibrariesReadTheColumnsOfBothFiles() throws Exception {
    Path file = write("rows", FROM_ROWS.formatted(10_000), 2048);
    List<Path> beside = new ArrayList<>();
    long begin = 0;
    for (var group : Splice.Footer.of(file).groups()) {
      String select =
          "SELECT 'word ' || range %% 3 AS word, range * 10 AS number FROM range(%d, %d)"
              .formatted(begin, begin + group.getNum_rows());
      beside.add(write("beside-" + begin, select, 100_000));
      begin += group.getNum_rows();
    }
    Path target = directory.resolve("target.parquet");

    Splice.columns(file, Splice.Footer.of(file), beside, target);

    assertThat(beside.size()).isGreaterThan(2);
    assertThat(Job.query("DESCRIBE FROM '" + target + "'"))
        .extracting(column -> column.split("\\|", -1)[0])
        .containsExactly("id", "city", "list", "struct", "word", "number");
    assertThat(
            Job.query(
                "SELECT count(*) FROM '%s' WHERE number = id * 10 AND list[1] = id AND struct.a = id AND city = 'city ' || id %% 7 AND word = 'word ' || id %% 3"
                    .formatted(target)))
        .containsExactly("10000");
    List<Group> rows = OtherReader.read(target).rows();
    assertThat(rows).hasSize(10_000);
    assertThat(rows.get(9_999).getLong("number", 0)).isEqualTo(99_990);
    assertThat(rows.get(9_999).getString("word", 0)).isEqualTo("word 0");
    assertThat(rows.get(9_999).getString("city", 0)).isEqualTo("city 3");
  }

  @Test
  void bloomFiltersOfBothFilesAreFound() throws Exception {
    Path file = write("rows", FROM_ROWS.formatted(100), 2048);
    Path beside = write("beside", "SELECT 'word ' || range % 3 AS word FROM range(100)", 2048);
    Path target = directory.resolve("target.parquet");

    Splice.columns(file, Splice.Footer.of(file), List.of(beside), target);

    assertThat(excludes(target, "city", "city 3")).isFalse();
    assertThat(excludes(target, "city", "nowhere")).isTrue();
    assertThat(excludes(target, "word", "word 2")).isFalse();
    assertThat(excludes(target, "word", "nothing")).isTrue();
  }

  @Test
  void rowGroupsStayInOnePieceForReadersThatFetchThemWhole() throws Exception {
    Path file = write("rows", FROM_ROWS.formatted(4096), 2048);
    Path beside = write("beside", "SELECT range AS n FROM range(2048)", 100_000);
    Path target = directory.resolve("target.parquet");

    Splice.columns(file, Splice.Footer.of(file), List.of(beside, beside), target);

    assertThat(
            Job.query(
                """
                SELECT row_group_id, max(data_page_offset) < lead(min(data_page_offset)) OVER (ORDER BY row_group_id)
                FROM parquet_metadata('%s') GROUP BY 1 ORDER BY 1"""
                    .formatted(target)))
        .containsExactly("0|true", "1|~");
  }

  @Test
  void aFileWithoutRowsGetsTheColumns() throws Exception {
    Path file = write("rows", FROM_ROWS.formatted(0), 2048);
    Path beside = write("beside", "SELECT range AS n FROM range(0)", 2048);
    Path target = directory.resolve("target.parquet");

    Splice.columns(file, Splice.Footer.of(file), List.of(beside), target);

    assertThat(Job.query("SELECT count(n) FROM '" + target + "'")).containsExactly("0");
    assertThat(OtherReader.read(target).rows()).isEmpty();
  }

  @Test
  void refusesColumnsOfAnotherLength() {
    Path file = write("rows", FROM_ROWS.formatted(100), 2048);
    Path beside = write("beside", "SELECT range AS n FROM range(99)", 2048);

    assertThatThrownBy(
            () ->
                Splice.columns(
                    file,
                    Splice.Footer.of(file),
                    List.of(beside),
                    directory.resolve("target.parquet")))
        .hasMessage("beside.parquet: 99 rows in 1 row groups, beside one of 100 rows");
    assertThatThrownBy(
            () ->
                Splice.columns(
                    file,
                    Splice.Footer.of(file),
                    List.of(beside, beside),
                    directory.resolve("target.parquet")))
        .hasMessage("1 row groups, and 2 files to go beside them");
  }

  private static boolean excludes(Path file, String column, String value) {
    return Job.query(
            "SELECT bool_and(bloom_filter_excludes) FROM parquet_bloom_probe('%s', '%s', '%s')"
                .formatted(file, column, value))
        .equals(List.of("true"));
  }

  private Path write(String name, String select, int rowGroupSize) {
    Path file = directory.resolve(name + ".parquet");
    Job.query(
        "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V1, ROW_GROUP_SIZE %d)"
            .formatted(select, file, rowGroupSize));
    return file;
  }
}
