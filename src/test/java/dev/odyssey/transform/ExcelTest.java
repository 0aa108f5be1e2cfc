package dev.odyssey.transform;

import static dev.odyssey.transform.Pack.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks as their XML, so that each test shows what it reads. */
class ExcelTest {
  @TempDir Path directory;

  /** A workbook of two sheets, the first hidden; styles 1 to 5 are date, timestamp, time, hours. */
  static byte[] workbook(String rows, String sharedTexts) {
    return workbook("", rows, sharedTexts);
  }

  static byte[] sample() {
    return workbook(
        row(text("id"), text("at"), text("s"))
            + row(number("1"), styled(2, "46085.5"), "<c t='s'><v>0</v></c>")
            + row(number("2"), "<c t='e'><v>#N/A</v></c>", "<c t='s'><v>1</v></c>"),
        "<si><t>one</t></si><si><t>two</t></si>");
  }

  private static byte[] workbook(String workbookSettings, String rows, String sharedTexts) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        xml(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default"
                + " Extension='rels'"
                + " ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default"
                + " Extension='xml' ContentType='application/xml'/>"
                + type("workbook", "sheet.main")
                + type("worksheets/sheet1", "worksheet")
                + type("worksheets/sheet2", "worksheet")
                + type("styles", "styles")
                + type("sharedStrings", "sharedStrings")
                + "</Types>"));
    parts.put("_rels/.rels", relations("officeDocument", "xl/workbook.xml"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        relations(
            "worksheet", "worksheets/sheet1.xml",
            "worksheet", "worksheets/sheet2.xml",
            "styles", "styles.xml",
            "sharedStrings", "sharedStrings.xml"));
    parts.put(
        "xl/workbook.xml",
        xml(
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
                + " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                + workbookSettings
                + "<sheets><sheet name='Secret' sheetId='1' state='hidden' r:id='rId1'/>"
                + "<sheet name='Data' sheetId='2' r:id='rId2'/></sheets></workbook>"));
    parts.put(
        "xl/worksheets/sheet1.xml",
        sheet(
            "<row r='1'><c t='inlineStr'><is><t>hid</t></is></c></row><row"
                + " r='2'><c><v>1</v></c></row>"));
    parts.put("xl/worksheets/sheet2.xml", sheet(rows));
    parts.put(
        "xl/styles.xml",
        xml(
            "<styleSheet"
                + " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><numFmts><numFmt"
                + " numFmtId='164' formatCode='yyyy\\-mm\\-dd\\ hh:mm'/><numFmt numFmtId='165'"
                + " formatCode='[h]:mm'/><numFmt numFmtId='166' formatCode='dd.mm.yyyy&quot; г.&quot;'/></numFmts><cellXfs><xf numFmtId='0'/><xf"
                + " numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='20'/><xf numFmtId='165'/><xf"
                + " numFmtId='10'/><xf numFmtId='166'/></cellXfs></styleSheet>"));
    parts.put(
        "xl/sharedStrings.xml",
        xml(
            "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
                + sharedTexts
                + "</sst>"));
    return Pack.zip(parts);
  }

  private static String type(String part, String type) {
    return "<Override PartName='/xl/%s.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml'/>"
        .formatted(part, type);
  }

  private static byte[] relations(String... typesAndTargets) {
    StringBuilder all =
        new StringBuilder(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>");
    for (int i = 0; i < typesAndTargets.length; i += 2) {
      all.append(
          "<Relationship Id='rId%d' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s' Target='%s'/>"
              .formatted(i / 2 + 1, typesAndTargets[i], typesAndTargets[i + 1]));
    }
    return xml(all + "</Relationships>");
  }

  private static byte[] sheet(String rows) {
    return xml(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            + rows
            + "</sheetData></worksheet>");
  }

  private static byte[] xml(String body) {
    return bytes("<?xml version='1.0' encoding='UTF-8'?>" + body);
  }

  private static String text(String text) {
    return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  private static String number(String value) {
    return "<c><v>" + value + "</v></c>";
  }

  private static String styled(int style, String value) {
    return "<c s='" + style + "'><v>" + value + "</v></c>";
  }

  private static String row(String... cells) {
    return "<row>" + String.join("", cells) + "</row>";
  }

  private TransformResult run(String... rows) {
    return Job.in(directory).file(workbook(String.join("", rows), "")).run();
  }

  /** Written by a program that computes nothing: NULL without a word would be a loss. */
  @Test
  void countsAFormulaThatWasNeverComputed() {
    TransformResult result =
        run(
            row(text("id"), text("sum"), text("t")),
            row(number("1"), "<c><f>A1+1</f><v></v></c>", "<c t='str'><f>x</f><v></v></c>"),
            row(number("2"), "<c><f>A2+1</f><v>3</v></c>", "<c t='str'><f>x</f><v>y</v></c>"));

    assertThat(Job.rows(result, "id, sum, t")).containsExactly("1|~|~", "2|3|y");
    assertThat(Samples.of(result)).containsExactly("sum 2:=A1+1");
  }

  @Test
  void readsDatesWhoseFormatHasWordsAndDaysAsNames() {
    TransformResult result =
        run(row(text("account"), styled(6, "46023")), row(text("x"), number("7")));
    assertThat(Job.rows(result, "account, \"2026-01-01\"")).containsExactly("x|7");

    result = run(row(text("account"), text("at")), row(text("x"), styled(6, "46023")));
    assertThat(Job.rows(result, "account, \"at\"")).containsExactly("x|2026-01-01");
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
  void readsTheFirstVisibleSheet() {
    TransformResult result = run(row(text("id"), text("name")), row(number("1"), text("007")));

    assertThat(Job.rows(result, "id, name")).containsExactly("1|007");
  }

  @Test
  void takesNoColumnFromASheetWithoutRows() {
    Map<String, byte[]> parts = Pack.unzip(workbook(row(text("id")) + row(number("7")), ""));
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
  void readsAWorkbookThatLacksTheTableOfTextsItNames() {
    Map<String, byte[]> parts = Pack.unzip(workbook(row(text("id")) + row(number("7")), ""));
    parts.remove("xl/sharedStrings.xml");

    assertThat(Job.rows(Job.in(directory).file(Pack.zip(parts)).run(), "id")).containsExactly("7");
  }

  @Test
  void saysThatThereAreNoRows() {
    Job job = Job.in(directory).file(workbook("", ""));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no row with a value");
  }

  @Test
  void readsATableOfAHeaderAlone() {
    TransformResult result = run(row(text("id"), text("name")));

    assertThat(Job.rows(result, "id, name")).isEmpty();
  }

  private static void replace(Map<String, byte[]> parts, String part, String old, String now) {
    parts.compute(
        part, (name, xml) -> bytes(new String(xml, StandardCharsets.UTF_8).replace(old, now)));
  }

  @Test
  void readsTheSheetThatIsTold() {
    byte[] file = workbook(row(text("id")) + row(number("7")), "");

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
  void showsNumbersAsExcelDoes() {
    TransformResult result =
        run(
            row(text("n")),
            row(number("0.30000000000000004")),
            row(number("1.2345678901234E13")),
            row(number("12345678901234567")),
            row(number("1E+20")),
            row(number("-0.05")),
            row(styled(5, "0.19")),
            row(number("1.0000000000000001E-5")));

    assertThat(Job.rows(result, "n"))
        .containsExactly(
            "0.3",
            "12345678901234",
            "12345678901234567",
            "100000000000000000000",
            "-0.05",
            "0.19",
            "0.00001");
  }

  @Test
  void readsDatesAsIso() {
    TransformResult result =
        run(
            row(text("d"), text("moment"), text("t"), text("h"), text("iso")),
            row(
                styled(1, "46085"),
                styled(2, "46085.5"),
                styled(3, "0.25"),
                styled(4, "1.5"),
                "<c t='d'><v>2026-03-04T05:06:07</v></c>"),
            row(
                styled(1, "46085.75"),
                styled(2, "46085"),
                styled(3, "0.999988425925926"),
                styled(4, "0.5")));

    assertThat(Job.rows(result, "d, moment, t, h, iso"))
        .containsExactly(
            "2026-03-04|2026-03-04 12:00:00|06:00:00|36:00:00|2026-03-04 05:06:07",
            "2026-03-04 18:00:00|2026-03-04 00:00:00|23:59:59|12:00:00|~");
  }

  @Test
  void countsDaysFrom1904WhereTheWorkbookDoes() {
    byte[] file =
        workbook("<workbookPr date1904='1'/>", row(text("d")) + row(styled(1, "44623")), "");

    assertThat(Job.rows(Job.in(directory).file(file).run(), "d")).containsExactly("2026-03-04");
  }

  @Test
  void readsTextsOfEveryKind() {
    String shared =
        "<si><t>head</t></si><si><r><t>bo</t></r><r><t xml:space='preserve'>ld </t></r><rPh sb='0'"
            + " eb='1'><t>PHONETIC</t></rPh></si><si><t>a_x000A_b</t></si>";
    byte[] file =
        workbook(
            row("<c t='s'><v>0</v></c>")
                + row("<c t='s'><v>1</v></c>")
                + row("<c t='s'><v>2</v></c>")
                + row("<c t='str'><f>A1</f><v>of formula</v></c>")
                + row("<c t='b'><v>1</v></c>")
                + row("<c><f>1+1</f><v>2</v></c>"),
            shared);

    assertThat(Job.rows(Job.in(directory).file(file).run(), "head"))
        .containsExactly("bold ", "a\nb", "of formula", "true", "2");
  }

  @Test
  void takesErrorsForBadValues() {
    TransformResult result =
        run(
            row(text("n"), text("s")),
            row("<c t='e'><v>#N/A</v></c>", "<c t='e'><v>#REF!</v></c>"),
            row(number("1"), text("x")));

    assertThat(Job.rows(result, "n, s")).containsExactly("~|~", "1|x");
    assertThat(result.details().toString()).contains("#N/A", "#REF!");
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

  @Test
  void takesTheHeaderRowThatIsTold() {
    byte[] file =
        workbook(
            row(text("a"), text("b")) + row(text("id"), text("n")) + row(number("1"), text("x")),
            "");

    TransformResult result = Job.in(directory).file(file).config("{'headerRow': 2}").run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|x");
  }

  @Test
  void readsASheetWithoutHeader() {
    byte[] file = workbook(row(text("a"), number("1")) + row(text("b"), number("2")), "");

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "column1, column2")).containsExactly("a|1", "b|2");
  }

  @Test
  void readsEntitiesOfNoKind() {
    String doctype =
        "<!DOCTYPE sst [<!ENTITY a 'x'><!ENTITY b '&a;&a;'><!ENTITY f SYSTEM"
            + " 'file:///etc/passwd'>]>";
    byte[] file = workbook(row(text("a")) + row("<c t='s'><v>0</v></c>"), "<si><t>x</t></si>");
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
        Job.in(directory).file(workbook(rows.toString(), shared.toString())).run();

    assertThat(
            Job.query("SELECT count(DISTINCT n), min(n), max(n) FROM '" + result.snapshot() + "'"))
        .containsExactly("60000|text number 0|text number 9999");
  }
}
