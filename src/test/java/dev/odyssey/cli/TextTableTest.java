package dev.odyssey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsNumbersAndWideCharacters() {
    assertThat(
            table(
                80,
                List.of("n", "name", "x"),
                List.of(List.of("1", "東京", "a"), List.of("10", "Zoe\u0308", "b"))))
        .isEqualTo("   n  name  x\n   1  東京  a\n  10  Zoe\u0308   b\n");
  }

  @Test
  void cutsCellsThenLeavesColumnsOut() {
    String cell = "x".repeat(100);

    String cut = table(30, List.of("n", "a", "b"), List.of(List.of("1", cell, cell)));
    String left =
        table(30, Collections.nCopies(9, "column"), List.of(Collections.nCopies(9, cell)));

    assertThat(cut.lines()).allMatch(line -> line.length() <= 30);
    assertThat(cut).contains("…");
    assertThat(left).contains("… and 7 more columns: ");
  }

  @Test
  void showsNullApartAndNothingThatMovesTheCursor() {
    List<String> row = new java.util.ArrayList<>(List.of("1", "a\nb\u001b[2J\u202ec"));
    row.add(null);

    assertThat(table(80, List.of("n", "a", "b"), List.of(row))).contains("1  a⏎b�[2Jc  ·");
  }

  private static String table(int width, List<String> heads, List<List<String>> rows) {
    StringWriter out = new StringWriter();
    new TextTable(heads, Set.of(0), rows).print(new PrintWriter(out, true), width);
    return out.toString();
  }
}
