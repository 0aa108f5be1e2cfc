package dev.odyssey.transform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void prefersTheExactName() {
    assertThat(Names.match(List.of("ID", "id", " id"), "id")).contains("id");
  }

  @Test
  void matchesWithoutCaseBlanksAndWhatNobodySees() {
    for (String header : List.of("Id", " id ", "id\t", "\ufeffid", "\u00a0ID\u00a0", "id\u200b")) {
      assertThat(Names.match(List.of("x", header), "id")).as(Names.shown(header)).contains(header);
    }
  }

  @Test
  void matchesAccentsHoweverComposed() {
    assertThat(Names.match(List.of("Ge\u0301nie"), "g\u00e9nie")).contains("Ge\u0301nie");
  }

  @Test
  void doesNotChooseAmongAlikes() {
    assertThat(Names.match(List.of("ID", "Id "), "id")).isEmpty();
    assertThat(Names.missing("id", List.of("ID", "Id ")))
        .isEqualTo("the column \"id\" could be \"ID\", \"Id \"; write one of them exactly");
  }

  @Test
  void tellsWhatIsThereAndWhatMayBeMeant() {
    assertThat(Names.missing("custmer", List.of("customer", "city")))
        .isEqualTo(
            "the source file has no column \"custmer\" (is it \"customer\"?); it has \"customer\", \"city\"");
    assertThat(Names.missing("x", Collections.nCopies(60, "c"))).endsWith("\"c\" and 10 more");
  }

  @Test
  void seesAnotherSpellingAndAPartOfTheName() {
    List<String> columns = List.of("Company", "First name", "VAT", "id");

    assertThat(Names.nearest(columns, "CompanyName")).contains("Company");
    assertThat(Names.nearest(columns, "first_name")).contains("First name");
    assertThat(Names.nearest(columns, "vat number")).contains("VAT");
    assertThat(Names.nearest(columns, "iden")).isEmpty();
    assertThat(Names.nearest(List.of("!", "x".repeat(81)), "x".repeat(82))).isEmpty();
    assertThat(Names.nearest(List.of("start date", "end date"), "date")).isEmpty();
  }

  @Test
  void listsNotAllColumnsWhereEachMissingOneMayBeASlip() {
    List<String> columns = new ArrayList<>(Collections.nCopies(20, "other"));
    columns.addAll(List.of("city", "Company"));

    assertThat(Names.missing(List.of("citty", "CompanyName"), columns))
        .isEqualTo(
            "the source file has no column \"citty\" (is it \"city\"?), \"CompanyName\" (is it"
                + " \"Company\"?); it has 22 columns");
    assertThat(Names.missing(List.of("citty", "zzz"), columns)).endsWith("\"city\", \"Company\"");
  }

  @Test
  void numbersNamesThatDifferByCaseAlone() {
    assertThat(Names.distinct(List.of("a", "A", "a", "a_1", "b")))
        .containsExactly("a", "A_1", "a_2", "a_1_1", "b")
        .doesNotHaveDuplicates();
  }

  @Test
  void showsWhatIsInvisibleOrLong() {
    assertThat(Names.shown("a\u200bb\u202ec\nd\u00a0e f"))
        .isEqualTo("\"a\\u200bb\\u202ec\\u000ad\\u00a0e f\"");
    assertThat(Names.shown("\u001b[31m\u009b2J\u0085"))
        .isEqualTo("\"\\u001b[31m\\u009b2J\\u0085\"");
    assertThat(Names.shown("x".repeat(100))).isEqualTo('"' + "x".repeat(80) + "…\"");
    assertThat(Names.shown("$1 \\ 東京")).isEqualTo("\"$1 \\ 東京\"");
  }
}
