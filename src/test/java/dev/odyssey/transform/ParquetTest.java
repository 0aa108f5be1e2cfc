package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTest {
  @TempDir Path directory;

  @Test
  void keepsTypesAndReachesNestedFields() {
    Path file =
        Parquet.write(
            directory.resolve("source"),
            "SELECT 255::UTINYINT AS u, 1.10::DECIMAL(9,2) AS d, {'city': 'Bern', 'tags': ['a']} AS"
                + " s, TIMESTAMPTZ '2026-03-04 05:06:07+01' AS at, 'x'::BLOB AS b");

    TransformResult all = Job.in(directory).sourceAt(file).run();
    assertThat(Job.rows(all, "u, d, s.city, s.tags[1], \"at\"::VARCHAR, b::VARCHAR"))
        .containsExactly("255|1.10|Bern|a|2026-03-04 04:06:07+00|x");

    TransformResult one = Job.in(directory).sourceAt(file).mapping("s.city", "city").run();
    assertThat(Job.rows(one, "city")).containsExactly("Bern");
  }

  @Test
  void unitesFilesByName() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("source"));
    Parquet.write(folder.resolve("000000-a.parquet"), "SELECT 1 AS id, 'a' AS n");
    Parquet.write(folder.resolve("000001-b.parquet"), "SELECT 'b' AS n, 2.5 AS price, 2 AS id");

    TransformResult result = Job.in(directory).sourceAt(folder).run();

    assertThat(Job.rows(result, "id, n, price")).containsExactly("1|a|~", "2|b|2.5");
  }
}
