package dev.odyssey.transform.excel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.odyssey.transform.excel.SheetTable.Cell;
import dev.odyssey.transform.excel.SheetTable.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sheets in a few words: cells by {@code |}, empty ones are none, numbers are values. */
class SheetHeaderTest {
  private static int header(String... lines) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      TreeMap<Integer, Cell> cells = new TreeMap<>();
      String[] texts = line.split("\\|", -1);
      for (int i = 0; i < texts.length; i++) {
        if (!texts[i].isBlank()) {
          cells.put(i, new Cell(texts[i].strip(), !texts[i].strip().matches("[\\d.-]+"), false));
        }
      }
      rows.add(new Row(rows.size() + 1, cells));
    }
    return SheetHeader.find(rows, List.of());
  }

  /** Each name was looked for among all cells of each row. */
  @Test
  void findsTheHeaderOfThousandsOfColumnsAtOnce() {
    List<String> names = IntStream.range(0, 4_000).mapToObj(i -> "Name" + i).toList();
    List<Row> rows = new ArrayList<>();
    for (int number = 1; number <= 100; number++) {
      TreeMap<Integer, Cell> cells = new TreeMap<>();
      for (int i = 0; i < names.size(); i++) {
        String text = number == 3 ? names.get(i) : number + "/" + i;
        cells.put(i, new Cell(text, true, false));
      }
      rows.add(new Row(number, cells));
    }

    int header =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> SheetHeader.find(rows, names));

    assertThat(header).isEqualTo(2);
  }

  @Test
  void findsTheHeaderBesideNotes() {
    assertThat(header("item|price", "a|10||Prices are net|5", "b|20", "c|30||ask Ann")).isZero();
    assertThat(
            header(
                "Prices of 2026", "", "item|size|price", "a|L|10||Total", "b|M|20||30", "c|S|30"))
        .isEqualTo(2);
  }

  @Test
  void findsTheHeaderThatHasRemarksBesideIt() {
    assertThat(header("ref|alias|path||Rows|3", "10|a|/x", "20|b|/y", "30|c|/z")).isZero();
    assertThat(header("Ann|Rome||7", "Bob|Bonn", "Cid|Oslo")).isEqualTo(SheetHeader.NONE);
  }

  @Test
  void findsTheHeaderBelowRemarksThatAreNearlyAsWide() {
    assertThat(
            header(
                "for|the|use|of|members",
                "name|born|died|city|age|note",
                "Ann|1950-01-01|2000-01-01|Rome|50|x",
                "Bob|1950-01-02|2001-01-01|Bonn|51"))
        .isEqualTo(1);
  }

  @Test
  void findsTheHeaderBetweenRemarksAboveAndBelow() {
    assertThat(
            header(
                "Lots of people",
                "at|the|top||of|it",
                "or|merging||||cells",
                "name|job|age|city|born|died",
                "Ann|cook|50|Rome|1950|2000",
                "Bob|baker|51|Bonn|1951|2001",
                "Cid|smith|52|Oslo|1952|2002",
                "Dan|miller|53|Nice|1953|2003",
                "Eve|judge|54|Kyiv|1954|2004",
                "This|||is",
                "|also|really|fun",
                "to|write||in|the|footer"))
        .isEqualTo(3);
  }

  @Test
  void findsTheNamesBelowGroups() {
    assertThat(
            header(
                "|North|North|South|South", "item|net|gross|net|gross", "a|1|2|3|4", "b|1|2|3|4"))
        .isEqualTo(1);
  }

  @Test
  void keepsTheHeaderAboveUnits() {
    assertThat(header("item|weight|price", "|kg|EUR", "a|1|2", "b|3|4")).isZero();
    assertThat(header("item|weight|price", "text|kg|EUR", "a|1|2", "b|3|4")).isZero();
  }

  @Test
  void keepsTheHeaderOfATableOfTexts() {
    assertThat(header("name|city|code", "Ann|Rome|x|a", "Bob|Bonn|7", "Cid|Oslo|y", "Dan|Nice|z"))
        .isZero();
  }

  @Test
  void findsTheHeaderOfACrossTableWithAnEmptyCorner() {
    assertThat(header("|pass|fail", "first|1|2||why?", "second|3|4", "third|5|6")).isZero();
  }

  /** As pandas writes an index without a name: of texts, too. */
  @Test
  void findsTheHeaderOfATableOfTextsWithAnEmptyCorner() {
    assertThat(header("|name|city", "i1|Ann|Rome", "i2|Bob|Bonn")).isZero();
    assertThat(header("||name|city|job", "a|1|Ann|Rome|cook", "b|2|Bob|Bonn|smith")).isZero();
    assertThat(header("Report|internal", "name|city|job", "Ann|Rome|cook")).isEqualTo(1);
    assertThat(header("|Report", "name|city|job", "Ann|Rome|cook")).isEqualTo(1);
    assertThat(header("|North|South", "item|net|gross", "a|1|2", "b|3|4")).isEqualTo(1);
  }

  @Test
  void findsTheOnlyNameBesideAnEmptyCorner() {
    assertThat(header("|Sales", "Jan|10", "Feb|12", "Mar|9")).isZero();
    assertThat(header("|Report", "Ann|Rome", "Bob|Bonn")).isEqualTo(1);
    assertThat(header("|Report", "item|price", "a|10", "b|12")).isEqualTo(1);
    assertThat(header("Report", "Jan|10", "Feb|12")).isEqualTo(SheetHeader.NONE);
  }

  @Test
  void takesNoRowOfDataForAHeader() {
    assertThat(header("a|1", "b|2", "c|3|x|y")).isEqualTo(SheetHeader.NONE);
    assertThat(header("1|2", "3|4")).isEqualTo(SheetHeader.NONE);
    assertThat(header("Report|internal", "1|2|3|4", "5|6|7|8")).isEqualTo(SheetHeader.NONE);
  }
}
