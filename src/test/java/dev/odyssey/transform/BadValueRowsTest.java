package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.excel.Workbook;
import dev.odyssey.transform.file.Pack;
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
        Workbook.of(
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
  void ofANestedFieldAreFoundByTheirLine() {
    TransformResult result =
        Job.in(directory)
            .schema("n integer", "m integer")
            .mapping("a.b[0]", "n")
            .transform("m", "\"a.c\" || d")
            .file(
                "{\"a\": {\"b\": [1], \"c\": 2}, \"d\": 3}\n{\"a\": {\"b\": [\"x\"], \"c\": \"y\"}, \"d\": 4}\n")
            .config(ALL)
            .run();

    assertThat(Samples.of(result)).containsExactly("n 2:x", "m 2:y4");
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
                    Workbook.of(
                        "<row r='1'><c t='inlineStr'><is><t>n</t></is></c></row><row r='4'>"
                            + ERROR
                            + "</row>",
                        "")));

    TransformResult result = Job.in(directory).schema("n integer").file(zip).config(ALL).run();

    assertThat(Samples.of(result))
        .containsExactly("n a.csv 3:bad", "n b.json 3:worse", "n c.xlsx 4:#N/A");
  }

  @Test
  void ofAnExpressionOverSeveralFilesAreFoundInTheOneThatHasThem() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "a.csv", Pack.bytes("n,m\n1,2\n"),
                "b.csv", Pack.bytes("N,k\n1,x\n2,x\n\nbad,x\n"),
                "c.csv", Pack.bytes("n,m\n1 \"2\" 3,\n4,-\n")));

    TransformResult result =
        Job.in(directory)
            .schema("nm integer")
            .transform("nm", "n || coalesce(m, '0')")
            .file(zip)
            .config(ALL)
            .run();

    assertThat(Samples.of(result))
        .containsExactly("nm b.csv 5:bad0", "nm c.csv 2:1 \"2\" 30", "nm c.csv 3:4-");
  }

  @Test
  void rejectsOfSeveralFilesNameTheirFile() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "a.csv", Pack.bytes("id,n\n1,a\n2,b\n"),
                "b.csv", Pack.bytes("id,n\n3,c\n\n,d\n4\n"),
                "c.ndjson", Pack.bytes("{\"id\": 5}\n{\"n\": \"e\"}\n{\n"),
                "d.ndjson", Pack.bytes("{\"id\": 1}\n")));

    TransformResult result =
        Job.in(directory)
            .schema("id integer", "n text")
            .key("id")
            .file(zip)
            .config("{'maxRejectRatio': 1}")
            .run();

    assertThat(
            Job.query(
                "SELECT file, line FROM '" + result.rejects() + "' ORDER BY file, line NULLS LAST"))
        .containsExactly("a.csv|~", "b.csv|4", "b.csv|5", "c.ndjson|2", "c.ndjson|3");
  }

  @Test
  void anErrorInACellThatAnExpressionReadsIsABadValue() {
    byte[] workbook =
        Workbook.of(
            "<row r='1'><c t='inlineStr'><is><t>a</t></is></c><c t='inlineStr'><is><t>b</t></is></c></row>"
                + "<row r='2'><c><v>1</v></c><c><v>2</v></c></row>"
                + "<row r='3'><c><v>1</v></c>"
                + ERROR
                + "</row>",
            "");

    TransformResult result =
        Job.in(directory).transform("ab", "a || b").file(workbook).config(ALL).run();

    assertThat(Job.rows(result, "ab")).containsExactly("12", "~");
    assertThat(Samples.of(result)).containsExactly("ab 3:1, #N/A");
  }

  private static final String ALL = "{'maxBadValueRatio': 1}";
}
