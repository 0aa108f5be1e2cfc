package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose columns are set apart by blanks, and notes behind a sign before a table. */
class CsvAlignedTest {
  @TempDir Path directory;

  @Test
  void takesRunsOfBlanksForOneDelimiter() {
    TransformResult result =
        read(
            """
            station   depth  "salt content"
                a1      0.5     34.1
               b22     10.25    34.95\s\s
              c333    100\t     35
            """);

    assertThat(Job.rows(result, "station, depth, \"salt content\""))
        .containsExactly("a1|0.5|34.1", "b22|10.25|34.95", "c333|100|35");
    assertThat(result.rejected()).isZero();
  }

  @Test
  void aBlankAtALinesEndCutsNoField() {
    TransformResult some =
        read("041 307 38.0 1 \n042 308 38.2 0\n043 309 37.9 0\n044 310 38.1 1 \n");
    assertThat(Job.rows(some, "column1, column2, column3, column4"))
        .containsExactly("041|307|38.0|1", "042|308|38.2|0", "043|309|37.9|0", "044|310|38.1|1");

    TransformResult all = read("219.98 70.21 \n219.95 70.24 \n219.94 70.25 \n219.91 70.26 \n");
    assertThat(Job.rows(all, "column1, column2")).hasSize(4).startsWith("219.98|70.21");
  }

  @Test
  void aBlankAtTheEndOfALaterLineCutsNoField() {
    String rows = "1.5 2.5 3.5\n".repeat(4_000);

    TransformResult ends = read("x y z\n" + rows + "1.5 2.5 4.5 \n".repeat(10));
    assertThat(Job.rows(ends, "z")).hasSize(4_010).endsWith("4.5");
    assertThat(ends.rejected()).isZero();

    TransformResult gaps = read("x y z\n" + rows + "1.5  4.5\n");
    assertThat(Job.rows(gaps, "x, y, z")).hasSize(4_001).endsWith("1.5|~|4.5");
  }

  @Test
  void rejectsRowsOfAnotherWidth() {
    TransformResult result = read("a   b    c\n1   2    3\n4        6\n7   8    9\n10  11  12\n");

    assertThat(Job.rows(result, "a, b, c")).containsExactly("1|2|3", "7|8|9", "10|11|12");
    assertThat(result.rejected()).isEqualTo(1);
  }

  @Test
  void isToldAsAPattern() {
    TransformResult result =
        Job.in(directory).file("x   y\nred  wine\n").config("{'delimiter': '\\\\s+'}").run();

    assertThat(Job.rows(result, "x, y")).containsExactly("red|wine");
  }

  @Test
  void twoBlanksAreAnEmptyFieldWhereAllRowsAreEquallyWide() {
    TransformResult result = read("id kind size note\n1  4 x\n2 a  y\n3  6 z\n");

    assertThat(Job.rows(result, "id, kind, size, note"))
        .containsExactly("1|~|4|x", "2|a|~|y", "3|~|6|z");
  }

  @Test
  void findsPairsOfNumbers() {
    TransformResult result = read("-20.0 -3.04\n-19.0 -3.03\n-18.0 -3.02\n-17.5 -3.01\n");

    assertThat(Job.rows(result, "column1, column2")).hasSize(4).startsWith("-20.0|-3.04");
  }

  @Test
  void leavesProseAndBlanksWithinNumbersAlone() {
    TransformResult prose =
        read("Remarks\n  as they   came in\nnone\n  see   the other page of this\nno\n");
    assertThat(Job.rows(prose, "Remarks")).hasSize(4);

    TransformResult grouped = read("total\n12 345.50\n1 200.00\n7 300.25\n10 450.75\n");
    assertThat(Job.rows(grouped, "total")).hasSize(4);
  }

  @Test
  void passesOverNotesAsWideAsTheTable() {
    TransformResult result =
        read(
            """
            # made by hand, on Monday, in haste
            #
            # see also, the manual, page 7
            a,b,c
            1,2,3
            4,5,6
            """);

    assertThat(Job.rows(result, "a, b, c")).containsExactly("1|2|3", "4|5|6");
  }

  @Test
  void aNoteOverNumbersIsNoHeader() {
    TransformResult result = read("# faces of a small body\n0.1 0.2 0.3\n0.4 0.5 0.6\n");

    assertThat(Job.rows(result, "column1, column2, column3"))
        .containsExactly("0.1|0.2|0.3", "0.4|0.5|0.6");
  }

  @Test
  void theLastNoteMayBeTheHeader() {
    TransformResult result = read("# measured in May\n# x y z\n1 2 3\n4 5 6\n");

    assertThat(Job.rows(result, "x, y, z")).containsExactly("1|2|3", "4|5|6");
  }

  private TransformResult read(String text) {
    return Job.in(directory).file(text).run();
  }
}
