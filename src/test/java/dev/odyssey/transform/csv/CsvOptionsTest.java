package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOptionsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '@',
      value = {
        "{'headerRows': 100}@headerRows is 100, but the source file has 3 rows",
        "{'newline': '\\r\\n'}@newline is nowhere in the source file",
        "{'newline': '\\u001e'}@newline is nowhere in the source file"
      })
  void noOptionMayMakeAHeaderOfAllRows(String csv, String told) {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'csv': " + csv + "}").file("id,v\n1,a\n2,b\n").run())
        .withMessageContaining(told);
  }

  @Test
  void alignedRecordsMayEndWithAnotherSign() throws Exception {
    String rows = "    weight  feed\u001e1   20.5   10\u001e2   27.5   11\u001e3   28.5   12\u001e";

    TransformResult result =
        Job.in(directory).config("{'csv': {'newline': '\\u001e'}}").file(rows).run();

    assertThat(result.totalRows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|", ";", "|~"})
  void whatEndsRecordsCutsNoFields(String end) {
    String file = "a,b#1,2#3,4#".replace("#", end);

    TransformResult result =
        Job.in(directory).config("{'csv': {'newline': '" + end + "'}}").file(file).run();

    assertThat(Job.rows(result, "a, b")).containsExactly("1|2", "3|4");
  }

  @Test
  void anUnknownOptionListsTheKnownOnes() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'csv': {'delimeter': ';'}}").run())
        .withMessageContaining("\"delimeter\"")
        .withMessageContaining("delimiter, encoding");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '@',
      value = {
        "{'header': true, 'headerRows': 0}@header and headerRows",
        "{'header': false, 'headerRows': 2}@header and headerRows",
        "{'delimiter': ';', 'quote': ';'}@delimiter and quote",
        "{'comment': ';', 'delimiter': ';'}@comment and delimiter",
        "{'newline': ';', 'delimiter': ';'}@newline and delimiter",
        "{'decimalSeparator': ',', 'thousandsSeparator': ','}@must differ",
        "{'trueValues': 'ja', 'falseValues': ['JA']}@trueValues and falseValues",
        "{'delimiter': [';']}@delimiter must be a text, not",
        "{'comment': {'x': 1}}@comment must be a text, not",
        "{'nullValues': [['-']]}@nullValues must be a text, not",
        "{'quote': 'ab'}@must be one ASCII character",
        "{'skip': -1}@must be a whole number",
        "{'shortRows': 'guess'}@must be reject or pad",
        "{'percent': true}@must be none or number or ratio",
        "{'decimalSeparator': ';'}@must be . or ,",
        "{'booleanLanguages': 'xx'}@must be of cs, da",
        "{'header': 'maybe'}@must be true or false",
        "{'skip': 2.9}@must be a whole number",
        "{'delimiter': true}@delimiter must be a text",
        "{'delimiter': ';', 'sep': ','}@are one option",
        "{'delimiter': ';', 'escape': ';'}@delimiter and escape",
        "{'quote': '#', 'comment': '#'}@comment and quote",
        "{'quote': '#', 'newline': '#'}@newline and quote",
        "{'nullValues': ['-', null]}@nullValues must be a text, not",
        "{'thousandsSeparator': '0'}@must be one sign",
        "{'thousandsSeparator': '.,'}@must be one sign",
        "{'currency': ['€', '-']}@none of the signs that numbers have",
        "{'dateFormat': 'dd/mm/yyyy'}@MM is the month",
        "{'timestampFormat': 'yyyy-MM-dd HH:MM:ss'}@part once",
        "{'timestampFormat': '%Y-%M-%d %H:%m'}@hours before minutes",
        "{'dateFormat': 'dd.MM.'}@must have a year",
        "{'dateFormat': 'yyyy dd'}@a month beside the day",
        "{'dateFormat': '%d.%Q.%Y'}@strptime's signs",
        "{'dateFormat': 'yyyy-MM-dd HH:mm:SS'}@other words in '...'"
      })
  void contradictionsAndWrongValuesAreRefused(String csv, String reason) {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'csv': " + csv + "}").run())
        .withMessageContaining(reason)
        .withMessageContaining("orders");
  }

  @Test
  void csvMustBeAnObject() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'csv': [{'delimiter': ';'}]}").run())
        .withMessageContaining("csv in the source's config must be an object");
  }

  @Test
  void namesAreTheSameInAnyCaseAndWithUnderscores() {
    TransformResult result =
        Job.in(directory)
            .file("a^b\n1^-\n")
            .config("{'null_values': '-', 'csv': {'Delimiter': '^', 'header-rows': 0}}")
            .run();

    assertThat(Job.rows(result, "column1, column2")).containsExactly("a|b", "1|~");
  }

  @Test
  void aSlipAtTheTopIsDoubtedAndOthersKeysAreLeft() {
    TransformResult result =
        job("{'maxBadValueRato': 0.1, 'prymaryKey': 'a', 'size': 3, 'fileFormat': 'csv'}").run();

    assertThat(result.details().path("doubts"))
        .singleElement()
        .extracting(JsonNode::asText)
        .asString()
        .contains("\"maxBadValueRato\"", "did you mean maxBadValueRatio?");
  }

  @Test
  void aSlipIsToldWhereItMayBeWhyARunFails() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'delimeter': ';'}").mapping("c", "c").run())
        .satisfies(failure -> assertThat(failure.advice()).contains("did you mean delimiter?"));

    assertThat(job("{'delimeter': ';', 'delimiter': ','}").run().details().has("doubts")).isFalse();

    assertThat(job("{'maxBadValueRato': 1}").file("a\nx\n").run().excess().advice())
        .contains("did you mean maxBadValueRatio?");
  }

  @Test
  void aWordForIsoIsNoFormat() {
    TransformResult result =
        Job.in(directory)
            .file("a\n2026-03-04\n")
            .schema("a date")
            .config("{'dateFormat': 'ISO 8601'}")
            .run();

    assertThat(Job.rows(result, "a")).containsExactly("2026-03-04");
  }

  @Test
  void otherToolsNamesAreUnderstood() {
    TransformResult result =
        Job.in(directory)
            .file("x\na^b\n1^NULL\n")
            .config(
                "{'csv': {'sep': '^', 'delim': '^', 'skipRows': 1, 'hasHeader': true, 'nullstr': 'NULL'}}")
            .run();

    assertThat(Job.rows(result, "a, b")).containsExactly("1|~");
  }

  @Test
  void columnsNameWhatHasNoHeader() {
    TransformResult result =
        Job.in(directory)
            .file("1,x\n2,y\n")
            .config("{'csv': {'header': false, 'columns': ['id', 'name']}}")
            .run();

    assertThat(Job.rows(result, "id, name")).containsExactly("1|x", "2|y");
  }

  @Test
  void shortRowsArePaddedAndLongOnesCutWhereTold() {
    TransformResult result =
        Job.in(directory)
            .file("a,b\n1\n2,x,y\n3,z\n")
            .config("{'csv': {'shortRows': 'pad', 'longRows': 'cut', 'delimiter': ','}}")
            .run();

    assertThat(Job.rows(result, "a, b")).containsExactly("1|~", "2|x", "3|z");
    assertThat(result.rejected()).isZero();
  }

  /** Where several have blanks up to one width, they are no part of the values. */
  @Test
  void oneValueKeepsItsBlanks() {
    assertThat(firstColumn("k0,k1\na ,2024-02-29\na ,2024-02-29\n"))
        .containsExactly("<a >", "<a >");
    assertThat(firstColumn("k0,k1\na ,2024-02-29\nb ,2024-02-29\n")).containsExactly("<a>", "<b>");
  }

  private List<String> firstColumn(String csv) {
    return Job.rows(Job.in(directory).file(csv).run(), "'<' || k0 || '>'");
  }

  private Job job(String config) {
    return Job.in(directory).file("a,b\n1,2\n").schema("a decimal(9,2)").config(config);
  }
}
