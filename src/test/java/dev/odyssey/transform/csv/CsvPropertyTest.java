package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.csv.CsvTable.Style;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random contents in a random dialect that is told come back to the cell. */
class CsvPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "a", "b c", ",", ";", "\"", "'", "\n", "\r\n", "\r", "\\", "|", "#", " ", "\t", "é", "東京",
          "😀", "\u00a0", "NULL", "0", "-1.5", "||", "x\"y", "^", "\u0001", "\u2028", "e\u0301");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24
      })
  void readsBackEveryCell(long seed) {
    Random random = new Random(seed);
    Style style = style(random);
    CsvTable table = table(random);

    TransformResult result =
        Job.in(directory)
            .file(table.write(style).getBytes(StandardCharsets.UTF_8))
            .config(config(style).toString())
            .run();

    assertThat(
            Job.rows(
                result,
                "* EXCLUDE (\"$_ref\", \"$_operation\", \"$_timestamp\", \"$_last_updated\")"))
        .as("%s", style)
        .isEqualTo(table.shown());
    assertThat(result.rejected()).isZero();
  }

  private static Style style(Random random) {
    String quote = random.nextInt(3) == 0 ? "'" : "\"";
    String escape = random.nextInt(3) == 0 ? "\\" : quote;
    List<String> delimiters =
        List.of(",", ";", "\t", "|", "^", "\u0001", "||", "<=>", "~|~", "::::::", "§");
    List<String> newLines = List.of("\n", "\r\n", "\r", "\n", "@\n", "\u001e");
    return new Style(
        delimiters.get(random.nextInt(delimiters.size())),
        quote,
        escape,
        newLines.get(random.nextInt(newLines.size())),
        random.nextInt(3) == 0);
  }

  private static ObjectNode config(Style style) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    ObjectNode csv =
        config
            .putObject("csv")
            .put("delimiter", style.delimiter())
            .put("quote", style.quote())
            .put("escape", style.escape())
            .put("header", true);
    if (style.newLine().length() > 1 || style.newLine().charAt(0) == 0x1e) {
      csv.put("newline", style.newLine());
    }
    return config;
  }

  private static CsvTable table(Random random) {
    int width = 1 + random.nextInt(6);
    List<String> header = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      header.add("h" + i);
    }
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(60); i++) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        row.add(cell(random));
      }
      row.set(0, row.get(0) == null ? "x" : row.get(0));
      rows.add(row);
    }
    return new CsvTable(header, rows);
  }

  private static String cell(Random random) {
    int pieces = random.nextInt(5);
    if (pieces == 0) {
      return random.nextBoolean() ? null : "";
    }
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      cell.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return cell.toString();
  }
}
