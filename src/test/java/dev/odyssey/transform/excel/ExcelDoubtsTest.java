package dev.odyssey.transform.excel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a workbook is read could be another sheet, table or no data at all. */
class ExcelDoubtsTest {
  @TempDir Path directory;

  private final XSSFWorkbook workbook = new XSSFWorkbook();

  @Test
  void tellsTheSheetsThatAreNotRead() throws IOException {
    fill("Cover", "Prepared by|Finance", "Date|today");
    fill("Data", "id|name", "1|a");
    fill("Notes \u00e4", "only a header");
    workbook.createSheet("Empty").createRow(3).createCell(2).setBlank();
    fill("Lists", "x");
    workbook.setSheetHidden(4, true);

    assertThat(doubts(run("{}")))
        .isEqualTo(
            "[\"Sheet \\\"Cover\\\" of the workbook is read, the first with rows; not read:"
                + " \\\"Data\\\", \\\"Notes \u00e4\\\". The source option sheet names another.\"]");
    assertThat(run("{'sheet': 'Data'}").details().has("doubts")).isFalse();
  }

  @Test
  void tellsAnotherTableBelow() throws IOException {
    fill("Data", "id|name", "1|a", "2|b", "", "city|inhabitants", "Bonn|300", "", "x|y");

    TransformResult result = run("{}");

    assertThat(doubts(result))
        .contains("Row 5 of the sheet, below an empty row, has texts alone", "another table")
        .doesNotContain("Row 8");
    assertThat(Job.rows(result, "id")).containsExactly("1", "2", "city", "Bonn", "x");
  }

  @Test
  void tellsANoteBelow() throws IOException {
    fill("Data", "name|kind", "a|b", "c|d", "", "Source: the office");

    assertThat(doubts(run("{}"))).contains("Row 5 of the sheet, below an empty row", "a note");
  }

  @Test
  void saysNothingOfRowsLikeThoseAbove() throws IOException {
    fill("Data", "id|name", "", "1|a", "", "2|b", "", "|c", "d", "", "e", "", "x|f");

    assertThat(run("{}").details().has("doubts")).isFalse();
  }

  private void fill(String name, String... rows) {
    Sheet sheet = workbook.createSheet(name);
    for (int row = 0; row < rows.length; row++) {
      String[] texts = rows[row].split("\\|", -1);
      for (int i = 0; i < texts.length && !rows[row].isEmpty(); i++) {
        Cell cell = (i == 0 ? sheet.createRow(row) : sheet.getRow(row)).createCell(i);
        if (texts[i].matches("\\d+")) {
          cell.setCellValue(Integer.parseInt(texts[i]));
        } else if (!texts[i].isEmpty()) {
          cell.setCellValue(texts[i]);
        }
      }
    }
  }

  private TransformResult run(String config) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    workbook.write(file);
    return Job.in(directory).file(file.toByteArray()).config(config).run();
  }

  private static String doubts(TransformResult result) {
    JsonNode doubts = result.details().path("doubts");
    return doubts.toString();
  }
}
