package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a file may have been read otherwise than it was meant, the result says so. */
class CsvDoubtTest {
  private static final String TABLE = "id,name,town,since\n1,Ann,Graz,2020\n2,Bob,Lyon,2021\n";

  @TempDir Path directory;

  @Test
  void aSmallTableBeforeTheOneThatIsRead() {
    assertThat(doubt("x,y,z\n7,8,9\n" + TABLE)).contains("Rows before the table are left out, 2 ");
  }

  /** Rows as wide as the table are notes where a gap and names follow; alike, they may be rows. */
  @Test
  void aSmallTableAsWideBeforeTheOneThatIsRead() {
    assertThat(doubt("sku,label,place,price\nX1,cup,A,1.5\n\n" + TABLE))
        .contains("Rows before the table are left out, 2 ");
  }

  @Test
  void valuesBeforeATableWithoutNames() {
    assertThat(doubt("a,b,7\n" + TABLE.substring(TABLE.indexOf('1'))))
        .contains("Rows before the table are left out, 1 ");
  }

  @Test
  void twoNamesOrTwoValuesBeforeATableWithoutNames() {
    String rows = TABLE.substring(TABLE.indexOf('1'));

    assertThat(doubt("id,name\n" + rows)).contains("Rows before the table are left out, 1 ");
    assertThat(doubt("1,2\n" + rows)).contains("Rows before the table are left out, 1 ");
  }

  @Test
  void namesOfAnotherTableBelow() {
    String other = "sku,label,place,price\nX1,cup,A,1.5\n";

    assertThat(doubt(TABLE + "\n" + other)).contains("Line 5 looks like the header of another");
    assertThat(doubt(TABLE + "Refunds\n" + other)).contains("Line 5 ");
    assertThat(doubt(TABLE + ",,,\n" + other)).contains("Line 5 ");
  }

  @Test
  void namesAndUnitsOfAnotherTableBelow() {
    String table = "id,max,mod,e\n1,100.1,2000,5\n2,101.2,2010,6\n\n";
    String other = "time,force,way,load\ns,N,mm,%\n0.1,5,1.5,2\n0.2,6,1.6,3\n";

    assertThat(doubt(table + other + "0.3,7,1.7,4\n".repeat(20)))
        .contains("Line 5 looks like the header of another");
  }

  /** Also behind more than the beginning that is looked at. */
  @Test
  void notesBelowThatAreFilledUp() {
    String rows = "3,Eve,Bonn,2022\n".repeat(30_000);
    String notes = ",,,\n,,,\nData from a database: X,,,\nLast Updated: 01/30/2024,,,\n";

    assertThat(doubt(TABLE + rows + notes)).contains("The last rows of the file, 2 below");
    assertThat(doubt(TABLE + notes)).contains("The last rows of the file, 2 below");
  }

  @Test
  void rowsBelowAGapThatAreNoNotes() {
    for (String row : new String[] {"3,,,", "Eve,,,", "3,Eve May,,", "Eve May,,,"}) {
      String gap = row.equals("Eve May,,,") ? "" : ",,,\n";
      TransformResult result = Job.in(directory).file(TABLE + gap + row + "\n").run();

      assertThat(result.details().path("doubts")).isEmpty();
    }
  }

  @Test
  void rowsBelowAGapThatAreNoNames() {
    for (String row : new String[] {"3,Eve,Bonn,2022", "x,Eve,Bonn,n/a", TABLE.substring(0, 18)}) {
      TransformResult result =
          Job.in(directory).file(TABLE + "\n" + row + "\n4,Dan,Bern,2023\n").run();

      assertThat(result.details().path("doubts")).isEmpty();
    }
  }

  @Test
  void aTitleAndNamesAndNoRow() {
    assertThat(doubt("name\nAnn, Bob, Carl\n")).contains("\"Ann, Bob, Carl\"", "no row is below");
  }

  @Test
  void fewerNamesThanFields() {
    assertThat(doubt("id,name,town\n1,Ann,Graz,2020\n2,Bob,Lyon,2021\n"))
        .contains("3 names but the rows have 4 fields");
  }

  @Test
  void rowNumbersWithoutAName() {
    TransformResult result =
        Job.in(directory).file("weight,feed\n1,26.5,10\n2,27.5,11\n3,28.5,12\n").run();

    assertThat(Job.rows(result, "column1, weight, feed")).startsWith("1|26.5|10");
    assertThat(result.details().path("doubts").path(0).asText())
        .contains("2 names but the rows have 3 fields");
  }

  @Test
  void aCounterHasItsName() {
    for (String counter : new String[] {"id", "Order No", "day"}) {
      TransformResult result =
          Job.in(directory).file(counter + ",feed\n1,26.5,10\n2,27.5,11\n3,28.5,12\n").run();

      assertThat(Job.rows(result, '"' + counter + "\", feed, column3")).startsWith("1|26.5|10");
    }
  }

  @Test
  void aDelimiterThatIsNowhere() {
    TransformResult result =
        Job.in(directory).file("id;name\n1;Ann\n").config("{'csv': {'delimiter': ','}}").run();

    assertThat(result.details().path("doubts").path(0).asText())
        .contains("one column, \"id;name\"", "delimiter");
  }

  @Test
  void aNameThatLooksLikeMany() {
    assertThat(doubt("id/name/town\n1/Ann/Graz\n2/Bob/Lyon\n")).contains("one column");
  }

  /** Where nothing asks for them they are taken as a row, as no other sign tells them from one. */
  @Test
  void namesBetweenTheRows() {
    String rows = TABLE.substring(TABLE.indexOf('1'));

    assertThat(doubt("3,Eve,Bonn,2022\n4,Tom,Rom,2023\nid,name,town,since\n" + rows))
        .contains("Line 3 looks like names of columns");
    assertThat(doubt("3,Eve,Bonn,2022\n4,Tom,Rom,2023\nn/a,name,town,n/a\n" + rows)).isEmpty();
  }

  @Test
  void notesAreNone() {
    assertThat(doubt("Report\nof,2021\n\n" + TABLE)).isEmpty();
    assertThat(doubt("Report,by,us\n\n" + TABLE)).isEmpty();
  }

  private String doubt(String file) {
    return Job.in(directory).file(file).run().details().path("doubts").path(0).asText();
  }
}
