package dev.odyssey.transform.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.csv.CsvDialect;
import dev.odyssey.transform.csv.CsvFinds;
import dev.odyssey.transform.csv.CsvFinds.Row;
import dev.odyssey.transform.csv.CsvLayout;
import dev.odyssey.transform.csv.CsvUniformity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLookupTest {
  private static final int RECORDS = 60_000;
  private static final List<Integer> SOUGHT =
      List.of(0, 1, 777, RECORDS / 2, RECORDS / 2 + 1, RECORDS - 1);

  @TempDir Path directory;

  /** Three megabytes, with empty lines, and line ends of both kinds inside of quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void findsTheLinesOfRecordsByTheirNumbers(String lineEnd) throws Exception {
    StringBuilder csv = new StringBuilder("\ufeffid,note" + lineEnd);
    Map<Row, List<Long>> expected = new HashMap<>();
    long line = 2;
    for (int record = 0; record < RECORDS; record++) {
      String id = SOUGHT.contains(record) ? "no. " + record : "" + record;
      if (SOUGHT.contains(record)) {
        expected.put(Row.of(0, id), List.of(line));
      }
      String note = record % 5 == 0 ? "a, \"\"b\"\"\r\nc\nd" : "a note of some length, Zoë";
      csv.append(id).append(",\"").append(note).append('"').append(lineEnd);
      line += record % 5 == 0 ? 3 : 1;
      if (record % 50 == 0) {
        csv.append(lineEnd);
        line++;
      }
    }
    Path file = Files.writeString(directory.resolve("file.csv"), csv, UTF_8);
    CsvDialect dialect = new CsvDialect(",", "\"", "\"", "", "", false);
    CsvLayout layout =
        new CsvLayout(
            dialect,
            List.of("id", "note"),
            0,
            0,
            0,
            0,
            List.of("id", "note"),
            false,
            1,
            List.of(),
            lineEnd);
    CsvFinds finds = new CsvFinds(new ArrayList<>(expected.keySet()), List.of());

    new CsvLookup(file, dialect, CsvUniformity.of(file, layout).orElseThrow())
        .look(SOUGHT.stream().map(Integer::longValue).toList(), finds);

    assertThat(finds.lines()).isEqualTo(expected);
  }
}
