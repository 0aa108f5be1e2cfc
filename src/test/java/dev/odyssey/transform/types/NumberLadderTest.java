package dev.odyssey.transform.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns whose type is {@code number}: which one they get, and what becomes of their digits. */
class NumberLadderTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  @TempDir Path directory;

  /** A double has 15 digits; one number that is written as such must not cut the others. */
  @ParameterizedTest
  @CsvSource({
    "1e5; 0.1, DOUBLE, 100000.0; 0.1",
    "1e5; 0.30000000000000004, DOUBLE, 100000.0; 0.30000000000000004",
    "1.23457E+18; 4111111111111111111, 'DECIMAL(38,10)', 1234570000000000000.0000000000; 4111111111111111111.0000000000",
    "1e5; 9007199254740993, 'DECIMAL(38,10)', 100000.0000000000; 9007199254740993.0000000000",
    "1.234567890123456E+18; 0.1, DOUBLE, 1.234567890123456E18; 0.1",
    "5e-4; 12345678901234.5678, 'DECIMAL(18,4)', 0.0005; 12345678901234.5678",
    "1e300; 12345678901234567, DOUBLE, 1.0E300; 1.2345678901234568E16",
    "0.12345678; 1234567890, 'DECIMAL(18,8)', 0.12345678; 1234567890.00000000",
    "0.123456789; 1, 'DECIMAL(38,10)', 0.1234567890; 1.0000000000",
    "0.12345; 12345678901, 'DECIMAL(38,10)', 0.1234500000; 12345678901.0000000000",
    "NaN; 1.5, DOUBLE, NaN; 1.5",
    "NaN; 12345678901234567, 'DECIMAL(38,10)', ~; 12345678901234567.0000000000",
    "inf; 12345678901234567, 'DECIMAL(38,10)', ~; 12345678901234567.0000000000"
  })
  void writesNumbersOfOneColumnInOneType(String values, String type, String wanted) {
    String[] two = values.split("; ", -1);
    String first = "1," + two[0] + "\n";
    String second = "2," + two[1] + "\n";
    String filler = "0,1\n".repeat(6_000);
    for (String rows : List.of(first + filler + second, second + filler + first)) {
      TransformResult result = job().schema("id integer", "n number").file("id,n\n" + rows).run();

      assertThat(Job.rows(result, "DISTINCT typeof(n)")).containsExactly(type);
      assertThat(Job.query("SELECT n FROM '" + result.snapshot() + "' WHERE id > 0 ORDER BY id"))
          .containsExactly(wanted.split("; ", -1));
    }
  }

  /** Of a large file the first look takes little at once: less than such a record. */
  @ParameterizedTest
  @CsvSource({"3, 'DECIMAL(18,4)'", "40, 'DECIMAL(18,8)'"})
  void recordsThatTheFirstLookHasNoRoomForCountAsAnyOther(int longRows, String type) {
    String text = "\"" + "some words\n".repeat(30_000) + "\"";
    int shortRows = longRows == 3 ? 600_000 : 0;
    String number = longRows == 3 ? "1.5" : "0.123456";
    String rows = ("1," + number + "," + text + "\n").repeat(longRows);

    TransformResult result =
        job()
            .schema("id integer", "n number", "words text")
            .file("id,n,words\n" + rows + "2,0.25,some more\n".repeat(shortRows))
            .run();

    assertThat(Job.rows(result, "DISTINCT typeof(n)")).containsExactly(type);
    assertThat(Job.rows(result, "count(*), count(n), max(strlen(words))"))
        .containsExactly("%d|%1$d|%d".formatted(longRows + shortRows, text.length() - 2));
  }

  @Test
  void whatIsNoFiniteNumberIsBadAmongThoseThatADoubleWouldCut() {
    TransformResult result =
        job().schema("n number").file("n\n12345678901234567\nNaN\n-Infinity\n").run();

    assertThat(result.details().at("/badValues/0/count").asInt()).isEqualTo(2);
    assertThat(result.details().at("/badValues/0/samples/0/line").asInt()).isEqualTo(3);
  }

  @Test
  void doesNotCutTheDigitsOfARowThatStays() {
    Job job = job().key("id").schema("id integer", "n number").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,n\n1,12345678901234567\n").run();

    TransformResult second = job.file("id,n\n2,1e5\n").after(first, LATER).run();

    assertThat(Job.rows(second, "n::DECIMAL(38,1)"))
        .containsExactlyInAnyOrder("12345678901234567.0", "100000.0");
    assertThat(second.details().has("schema")).isFalse();
  }

  /** Names are the same in any case. */
  @Test
  void aColumnInAnotherCaseKeepsItsTypeAndDigits() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first =
        job.schema("id integer", "n number").file("id,n\n1,0.1234567890123\n").run();

    TransformResult second =
        job.schema("id integer", "N number").file("id,n\n2,1.5\n").after(first, LATER).run();

    assertThat(Job.rows(second, "N::DECIMAL(38,13)"))
        .containsExactlyInAnyOrder("0.1234567890123", "1.5000000000000");
    assertThat(second.details().has("schema")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "integer", "decimal(38,0)"})
  void aNumberHoldsTheKeptRowsValuesWhateverTheirTypeWas(String type) {
    Job first = job().key("id").schema("id integer", "n " + type);
    TransformResult before = first.file("id,n\n1,123456789012345678\n").run();
    Job then = job().key("id").schema("id integer", "n number");

    TransformResult after =
        then.stream("syncMode", "'incremental'").file("id,n\n2,1.5\n").after(before, LATER).run();

    assertThat(Job.rows(after, "id, n"))
        .containsExactlyInAnyOrder("1|123456789012345678.0000000000", "2|1.5000000000");
  }

  /** One value with an exponent must not cost the column its long numbers for ever. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6_000})
  void aColumnOfDoublesBecomesDecimalWhereADoubleCannotHoldItsValues(int rowsBefore) {
    StringBuilder some = new StringBuilder("id,n\n");
    for (int i = 1; i <= rowsBefore; i++) {
      some.append(1_000 + i).append(",1.25\n");
    }
    Job job = job().key("id").schema("id integer", "n number");
    TransformResult doubles = job.file(some + "1,1e5\n2,0.1\n").run();
    TransformResult still = job.file(some + "1,100000\n2,0.1\n").after(doubles, LATER).run();
    assertThat(Job.rows(still, "DISTINCT typeof(n)")).containsExactly("DOUBLE");

    TransformResult decimals =
        job.file(some + "1,100000\n2,0.1\n3,123456789012345678\n").after(still, LATER).run();

    assertThat(Job.rows(decimals, "n::DECIMAL(38,1)")).endsWith("123456789012345678.0");
    assertThat(decimals.unchanged()).isEqualTo(rowsBefore + 2);
    assertThat(decimals.inserted()).isEqualTo(1);
  }

  /** Rows that stay count, too, where the file alone would have another type. */
  @Test
  void aNumberOfARowThatStaysIsNotRounded() {
    Job job = job().key("id").schema("id integer", "n number").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,n\n1,0.12345678901234567\n2,1.5\n").run();
    assertThat(Job.rows(first, "typeof(n)")).first().isEqualTo("DECIMAL(38,20)");

    TransformResult second =
        job.file("id,n\n3,1234567890123456789012.5\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n = '0.12345678901234567'::DOUBLE, typeof(n)"))
        .contains("1|true|DOUBLE");
  }

  @Test
  void whatNoDoubleHoldsIsBadAlsoWhereTheColumnWasDouble() {
    Job job = job().key("id").schema("id integer", "n number");
    TransformResult first = job.file("id,n\n1,1e5\n2,2\n").run();

    TransformResult second = job.file("id,n\n1,1e400\n2,2\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n")).containsExactly("1|~", "2|2.0");
    assertThat(second.details().at("/badValues/0/count").asInt()).isEqualTo(1);
  }

  @Test
  void aDoubleOfARowThatStaysIsNotLost() {
    Job job = job().key("id").schema("id integer", "n number").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,n\n1,1e300\n").run();

    TransformResult second = job.file("id,n\n2,123456789012345678\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n")).contains("1|1.0E300");
  }

  /** One value with an exponent makes the column DOUBLE: the others are what they were. */
  @Test
  void comparesDecimalsThatBecomeDoublesByTheirTexts() {
    StringBuilder file = new StringBuilder("id,a\n0,0.123456789\n");
    for (int i = 1; i < 2_000; i++) {
      file.append("%d,%d.%02d\n".formatted(i, 1_234_567L * i, i % 100));
    }
    Job job = job().key("id").schema("id integer", "a number");
    TransformResult decimals = job.file(file.toString()).run();
    assertThat(Job.rows(decimals, "DISTINCT typeof(a)")).containsExactly("DECIMAL(38,10)");

    TransformResult doubles = job.file(file + "2000,1e5\n").after(decimals, LATER).run();

    assertThat(Job.rows(doubles, "DISTINCT typeof(a)")).containsExactly("DOUBLE");
    assertThat(doubles.unchanged()).isEqualTo(2_000);
    TransformResult again =
        job.schema("id integer", "a decimal(38,10)")
            .file(file.toString())
            .after(doubles, LATER)
            .run();
    assertThat(again.unchanged()).isEqualTo(2_000);
  }

  private Job job() {
    return Job.in(directory);
  }
}
