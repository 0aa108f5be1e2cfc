package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine's reader takes without complaint is what our own reader of broken files takes.
 */
class CsvAgreementTest {
  private static final List<String> PIECES =
      List.of(
          "a", "b", ",", ",", ",", "\"", "\"", "\n", "\n", "\r\n", " ", "\"\"", "\",\"", "x y",
          "\t", "\\");
  private static final CsvDialect DIALECT = new CsvDialect(",", "\"", "\"", "", "", false);

  private static final String CONFIG =
      """
      {"maxRejectRatio": 1, "csv": {"delimiter": ",", "quote": "\\"", "escape": "\\"",
       "header": false, "columns": ["a", "b", "c"]}}\
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void bothReadersAgreeOnGarbage(long seed) throws IOException {
    Random random = new Random(seed);
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    for (int i = 0; i < 3; i++) {
      String file = garbage(random, lineEnd);

      TransformResult result = Job.in(directory).file(file).config(CONFIG).run();

      List<String> expected = new ArrayList<>();
      long rejected = read(file, expected);
      assertThat(Job.rows(result, "a, b, c")).as(file).isEqualTo(expected);
      assertThat(result.rejected()).as(file).isEqualTo(rejected);
    }
  }

  private static long read(String file, List<String> rows) throws IOException {
    long rejected = 0;
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    try (CsvRecords records = new CsvRecords(new ByteArrayInputStream(bytes), DIALECT)) {
      while (records.next()) {
        CsvFields fields = records.fields();
        List<String> row = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
          row.add(fields.isEmpty(i) && !fields.isQuoted(i) ? null : fields.text(i));
        }
        if (records.fault() == null && row.size() == 3) {
          rows.add(CsvTable.shown(row));
        } else if (!records.isBlank()) {
          rejected++;
        }
      }
    }
    return rejected;
  }

  private static String garbage(Random random, String lineEnd) {
    StringBuilder file = new StringBuilder("first,row,here" + lineEnd);
    int rows = 1 + random.nextInt(6);
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(3) > 0) {
        file.append("1,two,\"3\"").append(lineEnd);
      } else {
        for (int j = 0; j < random.nextInt(8); j++) {
          file.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        file.append(lineEnd);
      }
    }
    return file.toString();
  }
}
