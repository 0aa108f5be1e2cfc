package dev.odyssey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PreviewCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeAFile() throws IOException {
    file = directory.resolve("kunden.csv");
    Files.writeString(
        file,
        """
        Kundennr;Name;Geburtstag;Umsatz;PLZ
        10001;Müller;03.04.1971;1.234,50;01067
        10002;Gül;12.11.1988;12,00;80331
        10003;東京;31.02.1999;n/a;10115
        10004;Zoë;01.01.2000;7;20095
        10005;"=1+1";05.06.2001;1.000.000,00;04109
        """);
  }

  @Test
  void showsColumnsRowsAndAMappingToStartFrom() {
    assertThat(preview()).isZero();

    assertThat(out.toString())
        .startsWith("kunden.csv: CSV, UTF-8, delimiter \";\", quote \", data from line 2, 5 rows\n")
        .containsPattern("1 +Kundennr +integer +100% +0 +yes +10001")
        .containsPattern("3 +Geburtstag +date %d\\.%m\\.%Y +80\\.0% .*31\\.02\\.1999")
        .containsPattern("4 +Umsatz +number 1\\.234,5 +100% +1")
        .containsPattern("5 +PLZ +text")
        .containsPattern("10001 +Müller +1971-04-03 +1234\\.5000 +01067")
        .contains("{\"source\":\"Geburtstag\",\"target\":\"geburtstag\"}")
        .contains("\"primaryKey\": [\"kundennr\"]")
        .doesNotContain("\u001b");
  }

  @Test
  void itsMappingGivesWhatItShowed() throws Exception {
    assertThat(preview("--mapping-only")).isZero();
    Path mapping = Files.writeString(directory.resolve("m.json"), out.toString());
    out.getBuffer().setLength(0);

    assertThat(preview("--mapping", mapping.toString(), "--json")).isZero();

    JsonNode shown = new ObjectMapper().readTree(out.toString());
    assertThat(shown.at("/types/umsatz").asText()).isEqualTo("DECIMAL(18,4)");
    assertThat(shown.at("/types/geburtstag").asText()).isEqualTo("DATE");
    assertThat(shown.at("/rows/4/3").asText()).isEqualTo("1000000.0000");
    assertThat(shown.at("/rows/2/3").isNull()).isTrue();
    assertThat(shown.at("/guessed").asBoolean()).isFalse();
  }

  @Test
  void showsKeysThatDifferInCaseAlone() throws Exception {
    file = Files.writeString(directory.resolve("n.json"), "[{\"a\": 1, \"A\": 2}]");

    assertThat(preview()).isZero();

    assertThat(out.toString()).contains("{\"source\":\"A_1\",\"target\":\"a_1\"}");
  }

  @Test
  void namesTheFieldsOfObjects() throws Exception {
    file =
        Files.writeString(
            directory.resolve("n.json"), "[{\"user\": {\"name\": \"A\"}, \"tags\": [1]}]");

    assertThat(preview()).isZero();

    assertThat(out.toString()).contains("in user, each a source of its own: user.name\n");
  }

  @Test
  void guessesWhatTheConfigCanTell() throws Exception {
    file =
        Files.writeString(
            directory.resolve("de.csv"),
            "id;ok;sum\n1;ja;1.234,50 €\n2;nein;7,00 €\n3;ja;0,10 €\n");

    assertThat(preview()).isZero();

    assertThat(out.toString())
        .containsPattern("ok +boolean de")
        .contains("\"booleanLanguages\":[\"de\"]", "\"currency\":[\"€\"]")
        .containsPattern("1 +true +1234\\.5000");
  }

  @Test
  void guessesDatesWithNamesOfMonthsAndTimesWithSeconds() throws Exception {
    Files.writeString(
        file,
        """
        id,born,sold,at
        1,18 Oct 1812,"March 5, 2020",5/13/2020 1:11:12 PM
        2,9 Nov 1865,"May 31, 2021",5/1/2020 12:00:00 AM
        """);

    assertThat(preview()).isZero();

    assertThat(out.toString())
        .containsPattern("born +date %d %b %Y")
        .contains("%m/%d/%Y %I:%M:%S %p")
        .contains("1812-10-18", "2021-05-31", "2020-05-13 13:11:12", "2020-05-01 00:00:00");
  }

  @Test
  void aDayWithAnHourIsNoDate() throws Exception {
    Files.writeString(file, "at,value\n2016/1/1 1:00:00,1\n2016/1/13 2:00:00,2\n");

    assertThat(preview()).isZero();

    assertThat(out.toString())
        .containsPattern("1 +at +timestamp +100%")
        .contains("2016-01-13 02:00:00");
  }

  @Test
  void codesAndWordsStayTextAndGroupsOfThreeAreThousands() throws Exception {
    file =
        Files.writeString(
            directory.resolve("people.csv"),
            "code,sex,people\n00,F,\"12,345\"\n12,F,\"1,000\"\n13,F,850\n14,F,\"7,100\"\n15,M,\"9,000\"\n");

    assertThat(preview()).isZero();

    assertThat(out.toString())
        .contains(
            "{\"name\":\"code\",\"type\":\"text\"}",
            "{\"name\":\"sex\",\"type\":\"text\"}",
            "{\"thousandsSeparator\":\",\"}")
        .containsPattern("00 +F +12345");
  }

  @Test
  void aColumnWrittenOtherwiseThanMostStaysText() throws Exception {
    file =
        Files.writeString(
            directory.resolve("mixed.csv"),
            "a;b;e;c;d\n1,5;2,5;1,5;1'000.25;3.25\n3,5;4,5;2,5;2'000.25;4.75\n");

    assertThat(preview()).as(out.toString()).isZero();

    assertThat(out.toString())
        .contains(
            "{\"name\":\"c\",\"type\":\"text\"}",
            "{\"name\":\"d\",\"type\":\"text\"}",
            "{\"decimalSeparator\":\",\"}");
  }

  @Test
  void looksAtAFolderAsOneTable() throws Exception {
    file = Files.createDirectory(directory.resolve("in"));
    Files.writeString(file.resolve("1.csv"), "id\n1\n");
    Files.writeString(file.resolve("2.csv"), "id\n2\n");

    assertThat(preview()).as(err.toString()).isZero();

    assertThat(out.toString()).contains("in: CSV", "2 rows");
  }

  @Test
  void namesAHeaderThatMayBeShifted() throws Exception {
    file = Files.writeString(directory.resolve("h.csv"), "id,a b\n1,2,3\n4,5,6\n");

    assertThat(preview()).as(err.toString()).isZero();

    assertThat(out.toString()).contains("Look at this: The header has 2 names but the rows");
  }

  @Test
  void showsWhatIsBadAndThatARunWouldFail() throws Exception {
    file = Files.writeString(directory.resolve("bad.csv"), "a,b\n1,x\nq,y\nz,w\n");
    Path schema =
        Files.writeString(
            directory.resolve("s.json"), "[{\"name\": \"a\", \"type\": \"integer\"}]");

    assertThat(preview("--schema", schema.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("A run would fail: Stream \"bad.csv\", column \"a\": 2 of 3 values")
        .containsPattern("a +integer +2 +q \\(line 3\\)  z \\(line 4\\)");
  }

  @Test
  void triesAMappingAndATransform() throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("m.json"),
            "[{\"target\": \"who\", \"transform\": \"upper(Name) || '!'\"}]");

    assertThat(preview("--mapping", mapping.toString(), "--rows", "1")).isZero();

    assertThat(out.toString()).contains("MÜLLER!").doesNotContain("GÜL");
  }

  @Test
  void showsTheSqlInFull() {
    assertThat(preview("--sql")).isZero();

    assertThat(out.toString())
        .contains("read_csv(", "\"Kundennr\"", "$_ref", "COPY")
        .doesNotContain("SET memory_limit", directory.getParent().toString());
  }

  @Test
  void showsTheSqlOfTheLastTryAlone() throws Exception {
    Files.writeString(file, "10006;short\n", StandardOpenOption.APPEND);

    assertThat(preview("--sql")).isZero();

    assertThat(out.toString()).containsOnlyOnce("WITH typed AS").contains(".clean.csv'");
  }

  @Test
  void saysWhatASyncAfterAnotherFileWouldChange() throws Exception {
    Path mapping = Files.writeString(directory.resolve("m.json"), "{\"primaryKey\": [\"id\"]}");
    Path old = Files.writeString(directory.resolve("old.csv"), "id,n,x\n1,5,a\n2,6,a\n3,7,a\n");
    Files.writeString(file, "id,n,y\n1,5,\n2,6.5,\n4,8,\n");

    assertThat(preview("--mapping", mapping.toString(), "--after", old.toString())).isZero();

    assertThat(out.toString())
        .contains(
            """
            What a sync would change
              1 inserted, 1 updated, 1 deleted, 1 unchanged
              columns added: y
              columns dropped: x
            """);
  }

  @Test
  void whatTheNewFileIsGuessedToBeHoldsForTheEarlierOne() throws Exception {
    Path old = Files.writeString(directory.resolve("old.csv"), "id,paid\n1,yes\n2,no\n");
    Files.writeString(file, "id,paid\n1,yes\n2,soon\n");

    assertThat(preview("--after", old.toString())).isZero();

    assertThat(out.toString())
        .contains("0 inserted, 1 updated, 0 deleted, 1 unchanged")
        .doesNotContain("retyped");
  }

  @Test
  void showsTheSqlOfAComparison() throws Exception {
    Path old = Files.writeString(directory.resolve("old.csv"), "Kundennr;Name\n1;a\n");

    assertThat(preview("--sql", "--after", old.toString())).isZero();

    assertThat(out.toString())
        .containsOnlyOnce("WITH typed AS")
        .contains("VIEW previous_rows AS", "'previous/part-0001.parquet'", "VIEW gone AS")
        .doesNotContain(directory.getParent().toString());
  }

  @Test
  void aFaultOfTheEarlierFileIsSaidToBeThere() throws Exception {
    Path old = Files.writeString(directory.resolve("old.csv"), "");

    assertThat(preview("--after", old.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("The earlier file " + old);
  }

  @Test
  void whatIsNoEarlierFileIsWrongUsage() {
    assertThat(preview("--after", "last")).isEqualTo(2);

    assertThat(err.toString()).contains("there is no file 'last'");
  }

  @Test
  void saysWhatARunWouldSay() throws Exception {
    Path mapping =
        Files.writeString(
            directory.resolve("m.json"),
            "[{\"target\": \"x\", \"transform\": \"getenv('HOME')\"}]");

    assertThat(preview("--mapping", mapping.toString())).isEqualTo(1);

    assertThat(err.toString())
        .contains("Stream \"kunden.csv\", column \"x\"", "at character 1", "docs/transform.md");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void pointsIntoAMappingThatIsNoJson() throws Exception {
    Path mapping = Files.writeString(directory.resolve("m.json"), "[\n{\"target\": }]");

    assertThat(preview("--mapping", mapping.toString())).isEqualTo(1);

    assertThat(err.toString()).contains("m.json is no valid JSON: line 2, column 12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--mapping | {\"fieldMapping\": []} | has fieldMapping, which is none of fieldMappings",
        "--mapping | {\"config\": []} | a config that is no object",
        "--mapping | \"x\" | neither a list nor an object",
        "--mapping | `` | is empty",
        "--schema | `` | is empty",
        "--source-config | [] | holds no object",
      })
  void whatIsToldAndSaysNothingIsAFailure(String option, String json, String fault)
      throws Exception {
    Path told = Files.writeString(directory.resolve("told.json"), json);

    assertThat(preview(option, told.toString())).isEqualTo(1);

    assertThat(err.toString()).contains(told + " ", fault);
  }

  @Test
  void whatIsNeitherFileNorStreamIsWrongUsage() {
    file = directory.resolve("nowhere.csv");

    assertThat(preview()).isEqualTo(2);

    assertThat(err.toString()).contains("There is no file");
  }

  @Test
  void leavesNothingBehindAndTheFileAsItWas() throws Exception {
    List<String> before = temporary();
    byte[] content = Files.readAllBytes(file);

    preview();
    preview("--mapping", "nowhere.json");

    assertThat(temporary()).isEqualTo(before);
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  private static List<String> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("odyssey-preview-" + ProcessHandle.current().pid() + "-"))
          .sorted()
          .toList();
    }
  }

  private int preview(String... arguments) {
    CommandLine command = Odyssey.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Stream.of("preview", file.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }
}
