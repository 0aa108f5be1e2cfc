package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvOptionsTest {
  @TempDir Path directory;

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
        "{'quote': '', 'escape': '#'}@escape means nothing",
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
        "{'header': 'maybe'}@must be true or false"
      })
  void contradictionsAndWrongValuesAreRefused(String csv, String reason) {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job("{'csv': " + csv + "}").run())
        .withMessageContaining(reason)
        .withMessageContaining("orders");
  }

  @Test
  void otherToolsNamesAreUnderstood() {
    TransformResult result =
        Job.in(directory)
            .file("x\na^b\n1^NULL\n")
            .config("{'csv': {'sep': '^', 'skipRows': 1, 'hasHeader': true, 'nullstr': 'NULL'}}")
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

  private Job job(String config) {
    return Job.in(directory).file("a,b\n1,2\n").schema("a decimal(9,2)").config(config);
  }
}
