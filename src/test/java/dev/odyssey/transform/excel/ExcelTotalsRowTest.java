package dev.odyssey.transform.excel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.file.Pack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sums below a table of Excel's are no row of it. */
class ExcelTotalsRowTest {
  @TempDir Path directory;

  @Test
  void isLeftOutAndTold() throws IOException {
    TransformResult result = Job.in(directory).file(workbook("A1:B4", 1, "Total", 30)).run();

    assertThat(Job.rows(result, "Name, Amount")).containsExactly("a|10", "b|20");
    assertThat(result.details().at("/doubts/0").asText())
        .isEqualTo("Row 4 of the sheet is the totals row of its table \"Sales\", and is left out.");
  }

  @Test
  void isARowWhereTheTableHasNone() throws IOException {
    TransformResult result = Job.in(directory).file(workbook("A1:B4", 0, "c", 30)).run();

    assertThat(Job.rows(result, "Name, Amount")).containsExactly("a|10", "b|20", "c|30");
    assertThat(result.details().has("doubts")).isFalse();
  }

  @Test
  void isNotToldWhereItIsEmpty() throws IOException {
    TransformResult result = Job.in(directory).file(workbook("C1:D4", 1, "c", 30)).run();

    assertThat(Job.rows(result, "Name, Amount")).containsExactly("a|10", "b|20", "c|30");
    assertThat(result.details().has("doubts")).isFalse();
  }

  @Test
  void leavesWhatIsBesideTheTable() throws IOException {
    TransformResult result = Job.in(directory).file(workbook("B1:B4", 1, "d", 30)).run();

    assertThat(Job.rows(result, "Name, Amount")).containsExactly("a|10", "b|20", "d|~");
  }

  /** As other programs may leave it: such a table is read as rows alone. */
  @ParameterizedTest
  @CsvSource({
    "xl/tables/table1.xml, ' ref=\"A1:B4\"', ''",
    "xl/tables/table1.xml, A1:B4, nowhere",
    "xl/worksheets/_rels/sheet1.xml.rels, table1, table7",
  })
  void isARowWhereTheTableIsBroken(String part, String was, String is) throws IOException {
    Map<String, byte[]> parts = Pack.unzip(workbook("A1:B4", 1, "Total", 30));
    parts.computeIfPresent(part, (name, bytes) -> replaced(bytes, was, is));

    TransformResult result = Job.in(directory).file(Pack.zip(parts)).run();

    assertThat(Job.rows(result, "Name, Amount")).containsExactly("a|10", "b|20", "Total|30");
  }

  private static byte[] replaced(byte[] bytes, String was, String is) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).contains(was);
    return Pack.bytes(text.replace(was, is));
  }

  private static byte[] workbook(String range, int totals, String last, int sum)
      throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      XSSFSheet sheet = workbook.createSheet();
      Row header = sheet.createRow(0);
      header.createCell(0).setCellValue("Name");
      header.createCell(1).setCellValue("Amount");
      add(sheet, 1, "a", 10);
      add(sheet, 2, "b", 20);
      add(sheet, 3, last, sum);
      XSSFTable table = sheet.createTable(new AreaReference(range, SpreadsheetVersion.EXCEL2007));
      table.setDisplayName("Sales");
      if (totals > 0) {
        table.getCTTable().setTotalsRowCount(totals);
      }
      workbook.write(bytes);
      return bytes.toByteArray();
    }
  }

  private static void add(XSSFSheet sheet, int at, String name, int amount) {
    Row row = sheet.createRow(at);
    row.createCell(0).setCellValue(name);
    row.createCell(1).setCellValue(amount);
  }
}
