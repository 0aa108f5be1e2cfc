package dev.odyssey.transform.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.Samples;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'decimalSeparator': ','}|1.234,5|1234.50",
        "{'decimalSeparator': ','}|-7,25|-7.25",
        "{'decimalSeparator': ','}|12.5|~",
        "{'decimalSeparator': ',', 'thousandsSeparator': ' '}|1 234 567,5|1234567.50",
        "{'decimalSeparator': ',', 'thousandsSeparator': ' '}|1\u00a0234,5|1234.50",
        "{'decimalSeparator': ',', 'thousandsSeparator': ' '}|1\u202f234,5|1234.50",
        "{'decimalSeparator': ',', 'thousandsSeparator': ' '}|` 12,5 `|12.50",
        "{'decimalSeparator': ',', 'thousandsSeparator': ' '}|12.5|~",
        "{'thousandsSeparator': '\\u0027'}|1'234'567.5|1234567.50",
        "{'thousandsSeparator': '\\u0027'}|1’234.5|1234.50",
        "{'thousandsSeparator': ','}|12,34,567.8|1234567.80",
        "{'thousandsSeparator': ','}|1,23|~",
        "{'thousandsSeparator': ','}|1,234,56|~",
        "{}|1,234|~",
        "{}|12.5%|~",
        "{}|€ 5|~",
        "{'percent': 'number'}|12.5 %|12.50",
        "{'percent': 'ratio'}|12.5%|0.13",
        "{'percent': 'ratio'}|0.5|0.50",
        "{'currency': ['€', 'EUR']}|€ 5.5|5.50",
        "{'currency': ['€', 'EUR']}|-€5.5|-5.50",
        "{'currency': ['€', 'EUR']}|5.5 EUR|5.50",
        "{'currency': ['€', 'EUR']}|5.5 USD|~"
      })
  void numbersAreReadAsTheFileWritesThem(String csv, String text, String number) {
    assertThat(read("decimal(12,2)", csv, text)).containsExactly(number);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|2024-03-01|2024-03-01",
        "{}|0000-00-00|~",
        "{}|01.03.2024|~",
        "{'dateFormat': '%d.%m.%Y'}|01.03.2024|2024-03-01",
        "{'dateFormat': 'dd.MM.yyyy'}|01.03.2024|2024-03-01",
        "{'dateFormats': ['dd.MM.yyyy', 'MM/dd/yy']}|03/01/24|2024-03-01",
        "{'dateFormats': ['dd.MM.yyyy', 'MM/dd/yy']}|2024-03-01|2024-03-01",
        "{'dateFormat': 'd MMM yyyy'}|1 Mar 2024|2024-03-01",
        "{'dateFormat': 'dd.MM.yyyy'}|02.01.26|~",
        "{'dateFormat': 'dd.MM.yyyy'}|2024-03-01 and more|~",
        "{}|0026-03-01|0026-03-01",
        "{}|9999-12-31|9999-12-31",
        "{}|0001-01-01|0001-01-01",
        "{}|10000-03-01|~",
        "{}|20240-03-01|~",
        "{}|0000-03-01|~",
        "{}|-2024-03-01|~",
        "{}|2024-03-01 (BC)|~",
        "{}|2024-03-01T12:00Z|2024-03-01",
        "{}|2024-03-01 23:00 Europe/Berlin|2024-03-01",
        "{'dateFormat': 'MM/dd/yy'}|01/01/70|1970-01-01",
        "{'dateFormat': 'd MMM yy'}|1 Jan 70|1970-01-01",
        "{'dateFormat': 'MM/dd/yyyy'}|01/01/1900|1900-01-01",
        "{'dateFormat': 'MM/dd/yyyy'}|20240-03-01|~",
        "{'dateFormat': 'MM/dd/yy'}|infinity|~",
        "{'dateFormat': 'MM/dd/yy'}|epoch|~",
        "{}|26-03-01|~",
        "{}|2024-03-01 and more|~",
        "{}|2024-03-01 25:61:00|~",
        "{}|2024-03-01 23:59:59|2024-03-01",
        "{}|2024-03-01T23:59:59-05:00|2024-03-01",
        "{}|2024-03-01+02:00|2024-03-01",
        "{}|epoch|~",
        "{}|infinity|~"
      })
  void datesAreReadInTheToldFormats(String csv, String text, String date) {
    assertThat(read("date", csv, text)).containsExactly(date);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "timestamp|{}|2024-03-01 12:00|2024-03-01 12:00:00",
        "timestamp|{}|2024-03-01T12:00:00Z|2024-03-01 12:00:00",
        "timestamp|{}|2024-03-01T12:00:00+02:00|2024-03-01 10:00:00",
        "timestamp|{}|2024-03-01 12:00:00-0530|2024-03-01 17:30:00",
        "timestamp|{'timestampFormat': '%d.%m.%Y %H:%M %z'}|01.03.2024 12:00 +0200|2024-03-01 10:00:00",
        "timestamp|{'timestampFormat': 'dd.MM.yyyy HH:mm'}|01.03.24 12:00|~",
        "timestamp|{}|2024-03-01 12:00:00 -0530|2024-03-01 17:30:00",
        "timestamp|{}|2024-03-01 12:00:00 Z|2024-03-01 12:00:00",
        "timestamp|{}|2024-03-01 12:00:00 Europe/Berlin|2024-03-01 11:00:00",
        "timestamp|{}|2024 -03-01 12:00:00|~",
        "timestamp|{}|1970-01-01|1970-01-01 00:00:00",
        "timestamp|{}|epoch|~",
        "timestamp|{}|26-03-01 12:00:00|~",
        "timestamp|{}|0999-03-01 12:00:00|0999-03-01 12:00:00",
        "timestamptz|{}|2024-03-01T12:00:00+02:00|2024-03-01 10:00:00+00",
        "timestamptz|{}|2024-03-01 12:00:00.5 +02:00|2024-03-01 10:00:00.5+00",
        "timestamptz|{}|2024-03-31 02:30:00 Europe/Berlin|2024-03-31 01:30:00+00",
        "timestamp|{}|2024-03-01T12:00Z|2024-03-01 12:00:00",
        "timestamp|{}|2024-03-01T12:00+01:00|2024-03-01 11:00:00",
        "timestamp|{}|2024-03-01 12:00 -0530|2024-03-01 17:30:00",
        "timestamp|{}|2024-03-01 12:00 UTC|2024-03-01 12:00:00",
        "timestamp|{}|2024-03-01 12:00 PM|~",
        "timestamp|{}|2024-03-01 12:00:00,25|2024-03-01 12:00:00.25",
        "timestamp|{}|10000-03-01 12:00:00|~",
        "timestamp|{}|9999-12-31T23:59:59-01:00|~",
        "timestamp|{}|9999-12-31 23:59:59.999999|9999-12-31 23:59:59.999999",
        "timestamp|{}|0001-01-01T00:00:00+01:00|~",
        "timestamp|{'timestampFormat': 'dd.MM.yy HH:mm'}|01.01.70 00:00|1970-01-01 00:00:00",
        "timestamp|{'timestampFormat': 'dd.MM.yy HH:mm'}|infinity|~",
        "timestamptz|{}|2024-03-01T12:00+01:00|2024-03-01 11:00:00+00",
        "timestamptz|{}|2024-03-01 12:00 Europe/Berlin|2024-03-01 11:00:00+00",
        "timestamptz|{}|2024-03-01T12:00:00,25Z|2024-03-01 12:00:00.25+00",
        "timestamptz|{}|10000-03-01 12:00:00Z|~",
        "time|{}|2024-03-01T12:30Z|12:30:00",
        "time|{}|12:30+02:00|12:30:00",
        "time|{}|12:30:01.100|12:30:01.1",
        "time|{}|1:30:01 PM|~",
        "time|{}|12:30:01 and more|~",
        "time|{}|12:30:45:10|~",
        "timestamptz|{}|-290308-12-22 00:00:00 Europe/Berlin|~",
        "time|{}|2024-02-29|~",
        "time|{}|2024-02-29 12:30:01|12:30:01",
        "double|{}|1e400|~",
        "double|{}|-Infinity|-inf",
        "double|{}|1_0|~",
        "decimal(4,2)|{}|1_0|~",
        "decimal(12,2)|{}|1.13e-13|0.00",
        "decimal(12,2)|{}|7.87E10|~",
        "decimal(12,2)|{}|1.5e3|1500.00",
        "decimal(12,2)|{}|1e|~",
        "decimal(38,20)|{}|1.5e1|15.00000000000000000000",
        "number|{}|1_0|~",
        "integer|{}|3.|3",
        "integer|{}|1e3|1000",
        "integer|{}|5e-1|~",
        "integer|{}|15E-1|~",
        "integer|{}|` - `|~",
        "integer|{}|`1e `|~",
        "integer|{}|0b11|~",
        "integer|{}|` 007 `|7",
        "decimal(12,2)|{}|` - `|~",
        "number|{}|` - `|~",
        "decimal(38,20)|{}|` -  `|~",
        "double|{}|+-5|~",
        "uuid|{}|` 550E8400E29B41D4A716446655440000 `|550e8400-e29b-41d4-a716-446655440000"
      })
  void nothingIsReadThatTheTextDoesNotSay(String type, String csv, String text, String value) {
    assertThat(read(type, csv, text)).containsExactly(value);
  }

  @Test
  void aZeroDateBetweenBlanksIsNoBadValueEither() {
    TransformResult result =
        Job.in(directory)
            .file("id,d\n1,\" 0000-00-00 00:00:00 \"\n2,2024-03-01\n")
            .schema("id integer", "d timestamp")
            .run();

    assertThat(Job.rows(result, "id, d::DATE")).containsExactly("1|~", "2|2024-03-01");
    assertThat(result.details().has("badValues")).isFalse();
  }

  /** The engine's own cast gives the zone of one text to those after it that have none. */
  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamptz"})
  void aZoneIsThatOfItsOwnTextAlone(String type) {
    String noon = "1,2024-03-01 12:00:00";

    TransformResult result =
        Job.in(directory)
            .file("n,seen\n" + (noon + " Asia/Tokyo\n" + noon + "\n1,2024-03-01 12:00\n").repeat(2))
            .schema("n text", "seen " + type)
            .run();

    assertThat(Job.rows(result, "seen::TIMESTAMP::VARCHAR"))
        .containsExactly(
            "2024-03-01 03:00:00",
            "2024-03-01 12:00:00",
            "2024-03-01 12:00:00",
            "2024-03-01 03:00:00",
            "2024-03-01 12:00:00",
            "2024-03-01 12:00:00");
  }

  /** As a file of Parquet may hold them, and expressions make them. */
  @Test
  void datesOfNoTextHaveYearsOfFourDigitsToo() {
    TransformResult result =
        Job.in(directory)
            .file("n\n2024\n20240\n0\n")
            .schema("d date", "t timestamp", "z timestamptz")
            .transform("d", "make_date(n::INT, 3, 1)")
            .transform("t", "make_timestamp(n::INT, 3, 1, 0, 0, 0)")
            .transform("z", "make_date(n::INT, 3, 1)::TIMESTAMPTZ")
            .config("{'maxBadValueRatio': 1}")
            .run();

    assertThat(Job.rows(result, "d, t::VARCHAR, z::VARCHAR"))
        .containsExactly("2024-03-01|2024-03-01 00:00:00|2024-03-01 00:00:00+00", "~|~|~", "~|~|~");
    assertThat(Samples.of(result)).contains("d 3:20240-03-01");
  }

  /** A column of a file says neither; an expression may want it. */
  @Test
  void theNumberOfAnExpressionIsRoundedToAnIntegerAndTrueUnlessZero() {
    TransformResult result =
        Job.in(directory)
            .file("n\n1.5\n9\n0\n")
            .schema("i integer", "b boolean")
            .transform("i", "n::DOUBLE")
            .transform("b", "n::DOUBLE")
            .run();

    assertThat(Job.rows(result, "i, b")).containsExactly("2|true", "9|true", "0|false");
    assertThat(result.details().has("badValues")).isFalse();
  }

  @Test
  void numbersHaveOneTypeWhateverTheirOrder() {
    assertThat(numberType("-12345678901234.5", "0000000000000001.50000", "+1"))
        .isEqualTo(numberType("+1", "0000000000000001.50000", "-12345678901234.5"))
        .isEqualTo("DECIMAL(18,4)");
  }

  private String numberType(String... numbers) {
    TransformResult result =
        Job.in(directory)
            .file("id,value\n1," + String.join("\n2,", numbers) + "\n")
            .schema("id integer", "value number")
            .run();
    return Job.rows(result, "typeof(value)").get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|Yes|true",
        "{}|0|false",
        "{}|True|true",
        "{}|FALSE|false",
        "{}|` t `|true",
        "{}|F|false",
        "{}|01|~",
        "{}|oui|~",
        "{'trueValues': '0', 'falseValues': ['1', 'TRUE']}|0|true",
        "{'trueValues': '0', 'falseValues': ['1', 'TRUE']}|1|false",
        "{'trueValues': '0', 'falseValues': ['1', 'TRUE']}|true|false",
        "{'booleanLanguages': ['fr', 'de']}|Oui|true",
        "{'booleanLanguages': ['fr', 'de']}|NEIN|false",
        "{'trueValues': ['Aktiv', 'x'], 'falseValues': '-'}|aktiv|true",
        "{'trueValues': ['Aktiv', 'x'], 'falseValues': '-'}|-|false"
      })
  void booleansAreWords(String csv, String text, String value) {
    assertThat(read("boolean", csv, text)).containsExactly(value);
  }

  private List<String> read(String type, String csv, String text) {
    TransformResult result =
        Job.in(directory)
            .file("id^value\n1^" + text + "\n")
            .schema("id integer", "value " + type)
            .config("{'maxBadValueRatio': 1, 'csv': " + csv + "}")
            .run();
    return Job.rows(result, "value::VARCHAR");
  }
}
