package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where bad values stand in files that are not CSV, and in several files at once. */
class BadValueRowsTest {
  private static final String ERROR = "<c t='e'><v>#N/A</v></c>";

  @TempDir Path directory;

  @Test
  void ofASheetAreFoundByTheirRow() {
    byte[] workbook =
        ExcelTest.workbook(
            "<row r='3'><c t='inlineStr'><is><t>id</t></is></c><c t='inlineStr'><is><t>n</t></is></c></row>"
                + "<row r='5'><c><v>1</v></c><c t='inlineStr'><is><t>four</t></is></c></row>"
                + "<row r='9'><c><v>2</v></c>"
                + ERROR
                + "</row>",
            "");

    TransformResult result = Job.in(directory).schema("n integer").file(workbook).config(ALL).run();

    assertThat(Samples.of(result)).containsExactly("n 5:four", "n 9:#N/A");
  }

  @Test
  void ofAnExpressionOverSeveralColumnsAreToldWithoutARow() {
    Path file = directory.resolve("source.parquet");
    Job.query("COPY (VALUES ('1', '2'), ('a', 'b')) TO '%s' (FORMAT parquet)".formatted(file));

    TransformResult result =
        Job.in(directory)
            .schema("n integer")
            .sourceAt(file)
            .transform("n", "col0 || col1")
            .config(ALL)
            .run();

    assertThat(Samples.of(result)).containsExactly("n null:ab");
  }

  @Test
  void ofJsonAreFoundByTheirLine() {
    TransformResult pretty =
        Job.in(directory)
            .schema("n integer")
            .file("[\n  {\"n\": 1},\n  {\n    \"n\": \"x\"\n  },\n  {\"n\": \"x\"}\n]\n")
            .config(ALL)
            .run();
    TransformResult lines =
        Job.in(directory)
            .schema("n integer")
            .file("{\"n\": 1}\n\n{\"n\": \"y\"}\n")
            .config(ALL)
            .run();

    assertThat(Samples.of(pretty)).containsExactly("n 3:x", "n 6:x");
    assertThat(Samples.of(lines)).containsExactly("n 3:y");
  }

  @Test
  void ofSeveralFilesAreFoundInTheOneThatHasThem() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "a.csv", Pack.bytes("n\n1\nbad\n"),
                "b.json", Pack.bytes("[{\"n\": 2},\n\n{\"n\": \"worse\"}]"),
                "c.xlsx",
                    ExcelTest.workbook(
                        "<row r='1'><c t='inlineStr'><is><t>n</t></is></c></row><row r='4'>"
                            + ERROR
                            + "</row>",
                        "")));

    TransformResult result = Job.in(directory).schema("n integer").file(zip).config(ALL).run();

    assertThat(Samples.of(result)).containsExactly("n 3:bad", "n 3:worse", "n 4:#N/A");
  }

  @Test
  void anErrorInACellThatAnExpressionReadsIsABadValue() {
    byte[] workbook =
        ExcelTest.workbook(
            "<row r='1'><c t='inlineStr'><is><t>a</t></is></c><c t='inlineStr'><is><t>b</t></is></c></row>"
                + "<row r='2'><c><v>1</v></c><c><v>2</v></c></row>"
                + "<row r='3'><c><v>1</v></c>"
                + ERROR
                + "</row>",
            "");

    TransformResult result =
        Job.in(directory).transform("ab", "a || b").file(workbook).config(ALL).run();

    assertThat(Job.rows(result, "ab")).containsExactly("12", "~");
    assertThat(Samples.of(result)).hasSize(1).first().asString().contains("#N/A");
  }

  private static final String ALL = "{'maxBadValueRatio': 1}";
}
