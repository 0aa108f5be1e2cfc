package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.csv.CsvTable.Style;
import dev.odyssey.transform.definition.SystemColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A clean file with one fault in one of its rows, after the Pollock benchmark (Vitagliano and
 * others, 2023): the row is read as it was meant or it is a reject, never anything else, and every
 * other row stays as it is. The last column is empty, so that a row that is shifted by a delimiter
 * too many looks sound.
 */
class CsvOneFaultTest {
  private static final int ROWS = 20;
  private static final CsvTable TABLE = catalogue();
  private static final Style RFC = Style.RFC;

  @TempDir Path directory;

  /**
   * @param row from 0, of the data
   * @param line what stands there instead
   * @param meant what may be read of it, beside nothing
   */
  record Fault(String name, int row, String line, List<String> meant) {
    @Override
    public String toString() {
      return name + " in row " + row;
    }
  }

  @ParameterizedTest
  @MethodSource({"delimiters", "quotes", "rows"})
  void costsOneRowAtMost(Fault fault) {
    StringBuilder file = new StringBuilder(RFC.line(TABLE.header()));
    List<String> others = new ArrayList<>(TABLE.shown());
    others.remove(fault.row);
    for (int i = 0; i < ROWS; i++) {
      file.append(i == fault.row ? fault.line : RFC.line(TABLE.rows().get(i)));
    }

    TransformResult result = Job.in(directory).file(file.toString()).run();

    List<String> rows = Job.rows(result, "* EXCLUDE (" + system() + ")");
    if (rows.size() == ROWS) {
      assertThat(fault.meant).contains(rows.remove(fault.row));
    } else {
      assertThat(result.rejected()).isEqualTo(1);
    }
    assertThat(rows).isEqualTo(others);
  }

  static Stream<Fault> delimiters() {
    List<Fault> faults = new ArrayList<>();
    for (int row : chosen(4)) {
      List<String> cells = cells(row);
      for (int i = 0; i < cells.size(); i++) {
        List<String> more = new ArrayList<>(cells);
        more.add(i, "");
        faults.add(fault("a delimiter too many before field " + i, row, more, List.of()));
        if (i > 0 && !cells.get(i).startsWith("\"")) { // inches are written like that, too
          List<String> fewer = new ArrayList<>(cells);
          fewer.set(i - 1, fewer.get(i - 1) + fewer.remove(i));
          faults.add(fault("a delimiter too few before field " + i, row, fewer, List.of()));
        }
      }
    }
    return faults.stream();
  }

  static Stream<Fault> quotes() {
    List<Fault> faults = new ArrayList<>();
    for (int row : chosen(3)) {
      for (int i = 0; i < TABLE.header().size(); i++) {
        List<String> cells = cells(row);
        List<String> values = new ArrayList<>(TABLE.rows().get(row));
        cells.set(i, "\"" + cells.get(i));
        values.set(i, "\"" + (values.get(i) == null ? "" : values.get(i)));
        faults.add(fault("a quote before field " + i, row, cells, List.of(CsvTable.shown(values))));
      }
    }
    return faults.stream();
  }

  static Stream<Fault> rows() {
    List<Fault> faults = new ArrayList<>();
    for (int row : chosen(3)) {
      String line = RFC.line(TABLE.rows().get(row));
      for (String delimiter : List.of(" ", ";", "\t")) {
        faults.add(
            new Fault(
                "the delimiter '" + delimiter + "'",
                row,
                String.join(delimiter, cells(row)) + "\r\n",
                List.of()));
      }
      String same = CsvTable.shown(TABLE.rows().get(row));
      faults.add(new Fault("LF", row, line.replace("\r\n", "\n"), List.of(same)));
      faults.add(new Fault("CR", row, line.replace("\r\n", "\r"), List.of(same)));
      List<String> meant = line.contains("\"") ? List.of() : List.of(same);
      faults.add(new Fault("apostrophes", row, line.replace('"', '\''), meant));
      faults.add(new Fault("the header", row, RFC.line(TABLE.header()), List.of()));
    }
    return faults.stream();
  }

  private static int[] chosen(int count) {
    return new Random(count).ints(1, ROWS - 1).distinct().limit(count).toArray();
  }

  private static Fault fault(String name, int row, List<String> cells, List<String> meant) {
    return new Fault(name, row, String.join(",", cells) + "\r\n", meant);
  }

  private static List<String> cells(int row) {
    List<String> cells = new ArrayList<>();
    TABLE.rows().get(row).forEach(value -> cells.add(RFC.cell(value)));
    return cells;
  }

  private static String system() {
    return "\"" + String.join("\", \"", SystemColumns.ALL) + "\"";
  }

  private static CsvTable catalogue() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          Arrays.asList(
              "%02d/03/2024".formatted(1 + i),
              "%02d:%02d".formatted(i, i * 2),
              String.valueOf(i * 7 % 13),
              "P-" + (1000 + i),
              "$%d.%02d".formatted(i * 3, i),
              i % 4 == 0 ? "Table, round 48\"" : "Socks",
              i % 3 == 0 ? "Plain socks for all" : "Warm, soft, \"light\" and dry",
              "https://shop.example/p/" + i + ".html",
              null));
    }
    return new CsvTable(
        List.of("DATE", "TIME", "Qty", "ProductId", "Price", "Kind", "Description", "URL", "Notes"),
        rows);
  }
}
