package dev.odyssey.transform.excel;

import static dev.odyssey.transform.excel.Workbook.number;
import static dev.odyssey.transform.excel.Workbook.row;
import static dev.odyssey.transform.excel.Workbook.text;
import static dev.odyssey.transform.excel.Workbook.xml;
import static dev.odyssey.transform.file.Pack.bytes;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.file.Pack;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sheets, headers and parts of workbooks, which are made of their XML, so that each test shows what
 * it reads.
 */
class ExcelTest {
  @TempDir Path directory;

  private TransformResult run(String... rows) {
    return Job.in(directory).file(Workbook.of(String.join("", rows), "")).run();
  }

  @Test
  void refusesStrictOpenXmlClearly() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("[Content_Types].xml", xml("<Types/>"));
    parts.put(
        "_rels/.rels",
        xml("<a t='http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument'/>"));
    parts.put("xl/workbook.xml", xml("<workbook/>"));
    Job job = Job.in(directory).file(Pack.zip(parts));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Strict Open XML");
  }

  @Test
  void readsSheetsOfAsManyColumnsAsExcelHas() {
    String names = IntStream.range(0, 16_384).mapToObj(i -> text("n" + i)).collect(joining());
    String values = IntStream.range(0, 16_384).mapToObj(i -> number("" + i)).collect(joining());

    TransformResult result =
        Job.in(directory)
            .mapping("n2", "a")
            .mapping("n16383", "b")
            .file(Workbook.of(row(names) + row(values), ""))
            .run();

    assertThat(Job.rows(result, "a, b")).containsExactly("2|16383");
  }

  @Test
  void saysOfABombThatItIsOne() {
    Job job =
        Job.in(directory)
            .file(Workbook.of(row(text("id")) + " ".repeat(4_000_000) + row(number("1")), ""));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("more than 500 times its size, as a zip bomb does.")
        .hasMessageNotContaining("ZipSecureFile");
  }

  @Test
  void tellsTextsThatMayBeASecondRowOfNames() {
    String data = row(text("a"), number("1"), number("2"));
    String names = row(text("item"), text("weight"), text("price"));

    TransformResult units = run(names, row(text("name"), text("kg"), text("EUR")), data, data);
    TransformResult plain = run(names, data, row(text("b"), text("n/a"), number("2")), data, data);

    assertThat(units.details().path("doubts").toString())
        .contains("Row 2 of the sheet has texts alone", "under row 1.");
    assertThat(plain.details().path("doubts")).isEmpty();
  }

  @Test
  void readsTheFirstVisibleSheet() {
    TransformResult result = run(row(text("id"), text("name")), row(number("1"), text("007")));

    assertThat(Job.rows(result, "id, name")).containsExactly("1|007");
  }

  @Test
  void saysThatAnOptionOfCsvSaysNothingOfAWorkbook() {
    TransformResult result =
        Job.in(directory).config("{'skip': 2, 'headerRow': 1}").file(Workbook.sample()).run();

    assertThat(result.details().at("/doubts/0").asText())
        .contains("has skip, which says nothing of files other than CSV");
    assertThat(result.details().path("doubts")).hasSize(1);
  }

  @Test
  void saysThatTheRowOfAWorkbooksHeaderSaysNothingOfCsv() {
    Job job = Job.in(directory).file("title\nid,name\n1,a\n2,b\n");

    assertThat(job.config("{'headerRow': 2}").run().details().at("/doubts/0").asText())
        .contains("has headerRow, which says nothing of CSV files", "skip");
    assertThat(job.config("{'headerRow': 1}").run().details().has("doubts")).isFalse();
  }

  @Test
  void takesNoColumnFromASheetWithoutRows() {
    Map<String, byte[]> parts = Pack.unzip(Workbook.of(row(text("id")) + row(number("7")), ""));
    replace(parts, "xl/workbook.xml", " state='hidden'", "");
    replace(parts, "xl/worksheets/sheet1.xml", "<row r='2'><c><v>1</v></c></row>", "");

    TransformResult result = Job.in(directory).file(Pack.zip(parts)).run();

    assertThat(result.columns())
        .extracting(SnapshotColumn::name)
        .contains("id")
        .doesNotContain("hid");
    assertThat(Job.rows(result, "id")).containsExactly("7");
  }

  @Test
  void takesNoSheetThatOnlyAMacroCanShow() {
    Map<String, byte[]> parts = Pack.unzip(Workbook.of(row(text("id")) + row(number("7")), ""));
    replace(parts, "xl/workbook.xml", "state='hidden'", "state='veryHidden'");

    assertThat(Job.rows(Job.in(directory).file(Pack.zip(parts)).run(), "id")).containsExactly("7");
  }

  @Test
  void readsAWorkbookThatLacksTheTableOfTextsItNames() {
    Map<String, byte[]> parts = Pack.unzip(Workbook.of(row(text("id")) + row(number("7")), ""));
    parts.remove("xl/sharedStrings.xml");

    assertThat(Job.rows(Job.in(directory).file(Pack.zip(parts)).run(), "id")).containsExactly("7");
  }

  @Test
  void saysThatThereAreNoRows() {
    Job job = Job.in(directory).file(Workbook.of("", ""));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no row with a value");
  }

  @Test
  void readsATableOfAHeaderAlone() {
    TransformResult result = run(row(text("id"), text("name")));

    assertThat(Job.rows(result, "id, name")).isEmpty();
  }

  @Test
  void ofSheetsThatAreHeadersAloneTakesTheFirst() {
    Map<String, byte[]> parts = Pack.unzip(Workbook.of(row(text("id")), ""));
    replace(parts, "xl/workbook.xml", " state='hidden'", "");
    replace(parts, "xl/worksheets/sheet1.xml", "<row r='2'><c><v>1</v></c></row>", "");

    assertThat(Job.rows(Job.in(directory).file(Pack.zip(parts)).run(), "hid")).isEmpty();
  }

  @Test
  void whatIsAboveAToldHeaderIsNoRowAlsoWhereTheHeaderIsEmpty() {
    byte[] file =
        Workbook.of(
            "<row r='1'><c r='A1'><v>5</v></c></row><row r='3'><c r='A3'><v>7</v></c></row>", "");

    TransformResult result = Job.in(directory).file(file).config("{'headerRow': 2}").run();

    assertThat(Job.rows(result, "column1")).containsExactly("7");
  }

  private static void replace(Map<String, byte[]> parts, String part, String old, String now) {
    parts.compute(
        part, (name, xml) -> bytes(new String(xml, StandardCharsets.UTF_8).replace(old, now)));
  }

  @Test
  void readsTheSheetThatIsTold() {
    byte[] file = Workbook.of(row(text("id")) + row(number("7")), "");

    for (String sheet : new String[] {"'Secret'", "'secret'", "1", "'1'"}) {
      TransformResult result =
          Job.in(directory).file(file).config("{'sheet': " + sheet + "}").run();
      assertThat(Job.rows(result, "hid")).containsExactly("1");
    }
    assertThatThrownBy(() -> Job.in(directory).file(file).config("{'sheet': 'x'}").run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no sheet \"x\"; it has \"Secret\", \"Data\"");
  }

  @Test
  void findsTheHeaderBelowTitles() {
    TransformResult result =
        run(
            "<row r='1'><c r='A1' t='inlineStr'><is><t>Report 2026</t></is></c></row>",
            "<row r='3'><c r='B3' t='inlineStr'><is><t>internal</t></is></c></row>",
            "<row r='5'><c r='B5' t='inlineStr'><is><t>id</t></is></c><c r='C5'"
                + " t='inlineStr'><is><t>name</t></is></c><c r='E5'><v>2025</v></c></row>",
            "<row r='6'><c r='B6'><v>1</v></c><c r='C6' t='inlineStr'><is><t>a</t></is></c><c"
                + " r='D6'><v>5</v></c><c r='E6'><v>9</v></c></row>",
            "<row r='7'/>",
            "<row r='9'><c r='B9'><v>2</v></c></row>");

    assertThat(Job.rows(result, "id, name, column4, \"2025\""))
        .containsExactly("1|a|5|9", "2|~|~|~");
  }

  /** A text in the first of cells merged over two rows heads the column, beside groups. */
  @Test
  void takesNamesFromTheRowAboveWhereTheHeaderHasGaps() {
    String groups = cells(1, "A", "id", "B", "name", "C", "2025");
    String names = cells(2, "C", "first", "D", "second");
    String data = row(number("1"), text("x"), number("5"), number("9"));

    TransformResult result = run(groups, names, data, data.replace("x", "y"));

    assertThat(result.columns().stream().map(SnapshotColumn::name).limit(4))
        .containsExactly("id", "name", "first", "second");
    assertThat(Job.rows(result, "id, name, first, second")).containsExactly("1|x|5|9", "1|y|5|9");

    TransformResult title = run(cells(1, "A", "Prices"), names, data, data.replace("x", "y"));

    assertThat(Job.rows(title, "column1, column2, first, second")).startsWith("1|x|5|9");
  }

  private static String cells(int row, String... placesAndTexts) {
    String cells = "";
    for (int i = 0; i < placesAndTexts.length; i += 2) {
      cells +=
          "<c r='%s%d' t='inlineStr'><is><t>%s</t></is></c>"
              .formatted(placesAndTexts[i], row, placesAndTexts[i + 1]);
    }
    return "<row r='%d'>%s</row>".formatted(row, cells);
  }

  @Test
  void takesTheHeaderRowThatIsTold() {
    byte[] file =
        Workbook.of(
            row(text("a"), text("b")) + row(text("id"), text("n")) + row(number("1"), text("x")),
            "");

    TransformResult result = Job.in(directory).file(file).config("{'headerRow': 2}").run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|x");
  }

  @Test
  void readsASheetWithoutHeader() {
    byte[] file = Workbook.of(row(text("a"), number("1")) + row(text("b"), number("2")), "");

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "column1, column2")).containsExactly("a|1", "b|2");
  }

  @Test
  void readsEntitiesOfNoKind() {
    String doctype =
        "<!DOCTYPE sst [<!ENTITY a 'x'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM"
            + " 'file:///etc/passwd'>]>";
    byte[] file = Workbook.of(row(text("a")) + row("<c t='s'><v>0</v></c>"), "<si><t>x</t></si>");
    Map<String, byte[]> parts = Pack.unzip(file);
    parts.put("xl/sharedStrings.xml", bytes(doctype + "<sst><si><t>&b;&f;</t></si></sst>"));

    assertThatThrownBy(() -> Job.in(directory).file(Pack.zip(parts)).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("DOCTYPE");
  }

  @Test
  void holdsNoTableOfTextsInMemory() {
    StringBuilder shared = new StringBuilder();
    StringBuilder rows = new StringBuilder(row(text("n")));
    for (int i = 0; i < 60_000; i++) {
      shared.append("<si><t>text number ").append(i).append("</t></si>");
      rows.append("<row><c t='s'><v>").append(59_999 - i).append("</v></c></row>");
    }
    TransformResult result =
        Job.in(directory).file(Workbook.of(rows.toString(), shared.toString())).run();

    assertThat(
            Job.query("SELECT count(DISTINCT n), min(n), max(n) FROM '" + result.snapshot() + "'"))
        .containsExactly("60000|text number 0|text number 9999");
  }
}
