package dev.odyssey.transform.excel;

import static dev.odyssey.transform.excel.Workbook.number;
import static dev.odyssey.transform.excel.Workbook.row;
import static dev.odyssey.transform.excel.Workbook.styled;
import static dev.odyssey.transform.excel.Workbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.Samples;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cells of workbooks say, which are made of their XML, so that each test shows what it reads.
 */
class ExcelValuesTest {
  private static final String ON_LOAD = "<calcPr fullCalcOnLoad='1'/>";

  @TempDir Path directory;

  private TransformResult run(String... rows) {
    return Job.in(directory).file(Workbook.of(String.join("", rows), "")).run();
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
  void showsNumbersAsExcelDoes() {
    TransformResult result =
        run(
            row(text("n")),
            row(number("0.30000000000000004")),
            row(number("1.2345678901234E13")),
            row(number("12345678901234567")),
            row(number("1.2345678901234567E16")),
            row(number("1E+20")),
            row(number("1E+2147483647")),
            row(number("-0.05")),
            row(styled(5, "0.19")),
            row(number("1.0000000000000001E-5")));

    assertThat(Job.rows(result, "n"))
        .containsExactly(
            "0.3",
            "12345678901234",
            "12345678901234567",
            "12345678901234567",
            "100000000000000000000",
            "1E+2147483647",
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
  void isoDatesAreLikeTheDaysThatStandForThem() {
    TransformResult result =
        run(
            row(text("d"), text("moment"), text("zone")),
            row(
                "<c t='d' s='1'><v>2026-03-04T00:00:00.000</v></c>",
                "<c t='d' s='2'><v>2026-03-04T00:00:00.000</v></c>",
                "<c t='d'><v>2026-03-04T05:06:07.120Z</v></c>"));

    assertThat(Job.rows(result, "d, moment, zone"))
        .containsExactly("2026-03-04|2026-03-04 00:00:00|2026-03-04 05:06:07.120Z");
  }

  @Test
  void durationsKeepTheirSignAndMilliseconds() {
    TransformResult result =
        run(
            row(text("h")),
            row(styled(4, "1.736111111111111E-5")),
            row(styled(4, "-0.04166666666666666")),
            row(styled(4, "1.2534722222222223")),
            row(styled(4, "-1E-9")),
            row(styled(4, "0")));

    assertThat(Job.rows(result, "h"))
        .containsExactly("00:00:01.5", "-01:00:00", "30:05:00", "00:00:00", "00:00:00");
  }

  @Test
  void readsTruthValuesAsXmlAlsoSpellsThem() {
    TransformResult result =
        run(
            row(text("b")),
            row("<c t='b'><v>true</v></c>"),
            row("<c t='b'><v>FALSE</v></c>"),
            row("<c t='b'><v>0</v></c>"));

    assertThat(Job.rows(result, "b")).containsExactly("true", "false", "false");
  }

  /** Excel for Mac writes both: the dates were four years and a day too early. */
  @Test
  void countsDaysFrom1904WhereAnExtensionHasSettingsOfItsOwn() {
    String settings =
        "<workbookPr date1904='1'/><extLst xmlns:x='urn:an-extension'><ext><x:workbookPr"
            + " chartTrackingRefBase='1'/></ext></extLst>";

    TransformResult result =
        Job.in(directory)
            .file(Workbook.of(settings, row(text("d")) + row(styled(1, "44623")), ""))
            .run();

    assertThat(Job.rows(result, "d")).containsExactly("2026-03-04");
  }

  @Test
  void aDateOfDayZeroIsAZeroDate() {
    TransformResult result =
        Job.in(directory)
            .schema("d date", "at timestamp", "text text")
            .mapping("d", "d")
            .mapping("at", "at")
            .mapping("d", "text")
            .file(
                Workbook.of(
                    row(text("d"), text("at"))
                        + row(styled(1, "0"), styled(2, "0"))
                        + row(styled(1, "1"), styled(2, "0.5")),
                    ""))
            .run();

    assertThat(Job.rows(result, "d, \"at\", text"))
        .containsExactly("~|~|0000-00-00", "1900-01-01|1899-12-31 12:00:00.0|1900-01-01");
    assertThat(Samples.of(result)).isEmpty();
  }

  @Test
  void keepsTheLeadingZerosThatAFormatGives() {
    TransformResult result =
        Job.in(directory)
            .schema("code text", "number integer")
            .mapping("code", "code")
            .mapping("code", "number")
            .file(
                Workbook.of(
                    row(text("code"))
                        + row(styled(7, "1067"))
                        + row(styled(7, "0"))
                        + row(styled(7, "123456"))
                        + row(styled(7, "-5"))
                        + row(styled(7, "2.5")),
                    ""))
            .run();

    assertThat(Job.rows(result, "code, number"))
        .containsExactly("01067|1067", "00000|0", "123456|123456", "-5|-5", "2.5|~");
  }

  @Test
  void countsDaysFrom1904WhereTheWorkbookDoes() {
    byte[] file =
        Workbook.of(
            "<workbookPr date1904='1'/>",
            row(text("d")) + row(styled(1, "44623")) + row(styled(1, "0")),
            "");

    assertThat(Job.rows(Job.in(directory).file(file).run(), "d"))
        .containsExactly("2026-03-04", "1904-01-01");

    byte[] beyond =
        Workbook.of(
            "<workbookPr date1904='1'/>",
            row(text("d")) + row(styled(1, "2957003")) + row(styled(1, "2957004")),
            "");
    assertThat(Job.rows(Job.in(directory).file(beyond).run(), "d"))
        .containsExactly("9999-12-31", "2957004");
  }

  @Test
  void readsTextsOfEveryKind() {
    String shared =
        "<si><t>head</t></si><si><r><t>bo</t></r><r><t xml:space='preserve'>ld </t></r><rPh sb='0'"
            + " eb='1'><t>PHONETIC</t></rPh></si><si><t>a_x000A_b</t></si>";
    byte[] file =
        Workbook.of(
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
  void takesNoFormulaForComputedWhereItsWriterComputesNone() {
    String rows =
        row(text("n"), text("twice"))
            + row(number("0"), "<c><f>A2*2</f><v>0</v></c>")
            + row(number("1"), "<c><f>A3*2</f><v>0</v></c>");

    TransformResult result = Job.in(directory).file(Workbook.of(ON_LOAD, rows, "")).run();

    assertThat(Job.rows(result, "n, twice")).containsExactly("0|~", "1|~");
    assertThat(result.details().at("/badValues/0/samples/1/value").asText()).isEqualTo("=A3*2");
  }

  @Test
  void takesFormulasForComputedWhereAnyIs() {
    String rows =
        row(text("n"), text("twice"))
            + row(number("0"), "<c><f>A2*2</f><v>0</v></c>")
            + row(number("1"), "<c><f>A3*2</f><v>2</v></c>")
            + row(number("0"), "<c><f>A4*2</f><v>0</v></c>");

    TransformResult result = Job.in(directory).file(Workbook.of(ON_LOAD, rows, "")).run();

    assertThat(Job.rows(result, "n, twice")).containsExactly("0|0", "1|2", "0|0");
  }
}
