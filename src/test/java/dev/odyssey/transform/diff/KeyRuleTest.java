package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.file.Pack;
import dev.odyssey.transform.source.Parquet;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRuleTest {
  @TempDir Path directory;

  @Test
  void tellsTheColumnAtFaultWhateverItIsCalled() {
    TransformResult result =
        Job.in(directory)
            .file("line,byte_offset,raw\n1,2,a\n,2,b\n3,,c\n1,2,d\n")
            .key("line", "byte_offset")
            .config("{'maxRejectRatio': 1}")
            .run();

    assertThat(
            Job.query(
                "SELECT line, raw->>'raw', \"column\" FROM '" + result.rejects() + "' ORDER BY 1"))
        .containsExactly("2|a|line, byte_offset", "3|b|line", "4|c|byte_offset");
  }

  @Test
  void showsTheRowAsJsonAlsoWhereANumberIsNotFinite() {
    TransformResult result =
        Job.in(directory)
            .file("id,n\n,nan\n,1.5\n,-inf\n,\n1,1\n")
            .schema("id integer", "n double")
            .key("id")
            .config("{'maxRejectRatio': 1}")
            .run();

    assertThat(Job.query("SELECT raw::JSON ->> 'n' FROM '" + result.rejects() + "' ORDER BY line"))
        .containsExactly("nan", "1.5", "-inf", "~");
  }

  @Test
  void soItShowsAFloatOfParquet() {
    Path source =
        Parquet.write(
            directory.resolve("floats.parquet"),
            "SELECT NULL::INTEGER AS id, 'nan'::FLOAT AS n UNION ALL SELECT 1, 1.5");

    TransformResult result =
        Job.in(directory).sourceAt(source).key("id").config("{'maxRejectRatio': 1}").run();

    assertThat(Job.query("SELECT raw FROM '%s'".formatted(result.rejects())))
        .singleElement()
        .asString()
        .contains("\"n\":\"nan\"");
  }

  /** As it is, to be rewritten, JSON. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id,n\n1,a\n,b\n\n1,c\n",
        "id,n\n1,a \"x\" b\n,b\r\n\n1,c\n",
        "\n{\"id\": 1}\n{\"n\": \"b\"}\n{\"id\": \"1\"}\n"
      })
  void tellsTheLines(String file) {
    Job job = Job.in(directory).file(file).schema("id integer", "n text").key("id");

    TransformResult result = job.config("{'maxRejectRatio': 1}").run();

    assertThat(Job.query("SELECT line FROM '" + result.rejects() + "' ORDER BY 1"))
        .containsExactly("2", "3");
  }

  @Test
  void tellsTheFileAlsoWhereNothingTellsTheLine() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "a.csv", Pack.bytes("id,n\n1,a\n,b\n"), "b.csv", Pack.bytes("id,n\n2,c\n1,d\n")));

    TransformResult result =
        Job.in(directory).file(zip).key("id").config("{'maxRejectRatio': 1}").run();

    assertThat(
            Job.query(
                "SELECT file, line, raw->>'n' FROM '%s' ORDER BY 3".formatted(result.rejects())))
        .containsExactly("a.csv|~|a", "a.csv|~|b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 2 3 | 1",
        "-3 -3 -3 0 | 2",
        "7 | 0",
        "1 1000000000000 1 | 1",
        "-9223372036854775808 9223372036854775807 9223372036854775807 -1 | 1",
        "-9223372036854775808 -9223372036854775807 -9223372036854775808 | 1",
        "9223372036854775807 9223372036854775807 9223372036854775806 | 1"
      })
  void findsRowsThatShareAKeyHoweverFarApartTheKeysAre(String keys, long losers) {
    String rows = keys.replace(" ", ",x\n") + ",x\n";

    TransformResult result =
        Job.in(directory)
            .file("id,name\n" + rows + ",without\n")
            .schema("id integer", "name text")
            .key("id")
            .config("{'maxRejectRatio': 1}")
            .run();

    assertThat(result.duplicateKeys()).isEqualTo(losers);
    assertThat(result.rejected()).isEqualTo(losers + 1);
    assertThat(result.totalRows()).isEqualTo(keys.split(" ").length - losers);
  }

  @Test
  void findsRowsThatShareAKeyOfBytes() {
    Path source =
        Parquet.write(
            directory.resolve("bytes.parquet"),
            "SELECT unhex('01') AS id, n FROM range(3) AS t(n)");

    TransformResult result =
        Job.in(directory).sourceAt(source).key("id").config("{'maxRejectRatio': 1}").run();

    assertThat(result.duplicateKeys()).isEqualTo(2);
    assertThat(Job.query("SELECT n FROM '%s' WHERE id = unhex('01')".formatted(result.snapshot())))
        .containsExactly("2");
  }
}
