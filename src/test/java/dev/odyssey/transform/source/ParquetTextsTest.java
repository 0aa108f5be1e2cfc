package dev.odyssey.transform.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two texts that share a character make a snapshot that nobody can read. */
class ParquetTextsTest {
  private static final String FILE =
      "SELECT i AS id, %s AS x FROM range(3000) r(i)) TO '%s' (FORMAT parquet, PARQUET_VERSION v2,"
          + " DICTIONARY_SIZE_LIMIT 1, COMPRESSION uncompressed";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"'ab' || i || 'yz'", "{'a': 'ab' || i || 'yz'}", "['ab' || i || 'yz']"})
  void areRefusedByTheirColumn(String texts) throws IOException {
    Path file = write(texts);
    String bytes = Files.readString(file, ISO_8859_1);
    String broken = bytes.replace("7yzab8yz", new String("7yéb8yz".getBytes(UTF_8), ISO_8859_1));
    assertThat(broken).isNotEqualTo(bytes);
    Files.writeString(file, broken, ISO_8859_1);
    Job job = Job.in(directory).sourceAt(file);

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"x\" has texts that are not UTF-8");
    assertThat(job.mapping("id", "id").run().totalRows()).isEqualTo(3_000);
  }

  @Test
  void areReadWhereEachIsSound() {
    Path file = write("'é€' || i || '𝄞\\x41'");

    TransformResult result = Job.in(directory).sourceAt(file).run();

    assertThat(Job.rows(result, "x").get(7)).isEqualTo("é€7𝄞\\x41");
  }

  private Path write(String texts) {
    Path file = directory.resolve("source");
    Job.query("COPY (" + FILE.formatted(texts, file) + ")");
    return file;
  }
}
