package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as R writes them: the rows have names, and the column of these has none. */
class CsvRowNamesTest {
  private static final String SLEEP = "time cens\n1 9 1\n2 13 1\n3 13 0\n";

  @TempDir Path directory;

  @Test
  void textsBeforeTheColumns() {
    TransformResult result =
        read("body\tbrain\nMountain beaver\t1.35\t8.1\nCow\t465\t423\nGoat\t27.66\t115\n");

    assertThat(Job.rows(result, "column1, body, brain"))
        .containsExactlyInAnyOrder("Mountain beaver|1.35|8.1", "Cow|465|423", "Goat|27.66|115");
    assertThat(result.details().path("doubts").path(0).asText())
        .contains("2 names but the rows have 3 fields");
  }

  @Test
  void textsInQuotesBetweenBlanks() {
    TransformResult result =
        read("\"code\" \"n\"\n\"St. Gallen\" \"SG\" 5\n\"Bern\" \"BE\" 7\n\"Genf\" \"GE\" 9\n");

    assertThat(Job.rows(result, "column1, code, n")).contains("St. Gallen|SG|5");
  }

  @Test
  void theNumbersOfSomeRows() {
    TransformResult result = read("sex\tage\n3\tF\t31\n14\tM\t42\n15\tF\t27\n92\tM\t55\n");

    assertThat(Job.rows(result, "column1, sex, age")).contains("3|F|31", "92|M|55");
  }

  @Test
  void rowsThatAreCountedUnderTheNameOfACounter() {
    assertThat(Job.rows(read(SLEEP), "column1, time, cens")).contains("2|13|1");
    assertThat(Job.rows(read(SLEEP.replace(' ', '\t')), "column1, time, cens")).contains("2|13|1");
  }

  /** As UCI's measurements of a room, cut from a larger table. */
  @Test
  void rowsThatAreCountedInQuotesFromAnything() {
    String rows = "\"%s\",\"2015-02-02\",23.7,26.2\n\"%s\",\"2015-02-03\",23.8,26.3\n".repeat(2);
    String header = "\"date\",\"warmth\",\"light\"\n";

    assertThat(Job.rows(read(header + rows.formatted(140, 141, 142, 143)), "column1, date, light"))
        .contains("140|2015-02-02|26.2", "143|2015-02-03|26.3");
    assertThat(Job.rows(read(header + rows.formatted(140, 141, 145, 146)), "date, light, column4"))
        .contains("140|23.7|26.2");
    String bare = rows.replace("\"%s\"", "%s").formatted(140, 141, 142, 143);
    assertThat(Job.rows(read(header + bare), "date, light, column4")).contains("140|23.7|26.2");
  }

  @Test
  void aSingleColumn() {
    TransformResult result = read("x\n1\t580.38\n2\t581.86\n3\t580.97\n");

    assertThat(Job.rows(result, "column1, x")).contains("1|580.38", "3|580.97");
  }

  @Test
  void areNoneBetweenCommasNorWhereTheyComeAgainNorUnderTheNameOfAKey() {
    assertThat(Job.rows(read("town,rain\nGraz,5,1\nLyon,6,2\nBern,7,3\n"), "town, rain, column3"))
        .contains("Graz|5|1");
    assertThat(
            Job.rows(
                read("town\train\nGraz\t5\t1\nLyon\t6\t2\nGraz\t7\t3\n"), "town, rain, column3"))
        .contains("Graz|5|1");
    assertThat(Job.rows(read("code\train\nG\t5\t1\nL\t6\t2\nB\t7\t3\n"), "code, rain, column3"))
        .contains("G|5|1");
  }

  @Test
  void areNoneBeforeAnEmptyFieldThatEndsEachRow() {
    TransformResult result = read("town\train\nGraz\t5\t\nLyon\t6\t\nBern\t7\t\n");

    assertThat(Job.rows(result, "town, rain")).contains("Graz|5");
  }

  private TransformResult read(String file) {
    return Job.in(directory).file(file).run();
  }
}
