package dev.odyssey.transform.excel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Number formats as Excel, LibreOffice and libraries write them. */
class CellFormatTest {
  private static final int CUSTOM = 164;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "General",
        "00000",
        "#,##0.00\\ [$€-407]",
        "_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* \"-\"??\\ _€_-;_-@_-",
        "[Red]0.0;[Blue]-0.0",
        "0.00\\ \"m/s\"",
        "#,##0 \"day(s)\"",
        "\"S\"0",
        "\"DS\"0000",
        "\\Y0",
        "[=0]\"\";0",
        "[>100]0;yyyy",
        "0.00E+00",
        ";;;",
        "@"
      })
  void numbersWhateverTheirLiteralTextsSay(String format) {
    assertThat(CellFormat.of(CUSTOM, format)).isEqualTo(CellFormat.NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-mm-dd",
        "[$-407]d. mmmm yyyy;@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "dd\" de \"mmmm\" de \"yyyy",
        "[$-411]ge.m.d",
        "yyyy/m/d\\(aaa\\)",
        "yyyy\"年\"m\"月\"d\"日\"(aaaa)",
        "yyyy年m月d日",
        "d mmm bbbb",
        "[$-1170000]B2dd/mm/yyyy;@",
        "mm/dd/yyyy_)",
        "[=0]\"\";yyyy/m/d",
        "mmm'yy",
        "[Color10]yyyy-mm-dd"
      })
  void datesOfManyLocales(String format) {
    assertThat(CellFormat.of(CUSTOM, format)).isEqualTo(CellFormat.DATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TIMESTAMP|yyyy-mm-dd\"T\"hh:mm:ss.000",
        "TIMESTAMP|yyyy-mm-ddThh:mm:ssZ",
        "TIME|[$-409]h:mm\\ AM/PM;@",
        "TIME|上午/下午h\"时\"mm\"分\";@",
        "TIME|mm:ss,0;@",
        "DURATION|[h]:mm:ss.000",
        "DURATION|[mm]:ss",
        "DURATION|[h]\"時間\"mm",
        "DURATION|[ss]"
      })
  void times(CellFormat kind, String format) {
    assertThat(CellFormat.of(CUSTOM, format)).isEqualTo(kind);
  }

  /** Chinese, Japanese and Korean Excel write their numbers alone. */
  @Test
  void builtInFormatsOfEastAsia() {
    assertThat(CellFormat.of(31, "reserved-0x1F")).isEqualTo(CellFormat.DATE_OR_TIME);
    assertThat(CellFormat.of(57, null)).isEqualTo(CellFormat.DATE_OR_TIME);
    assertThat(CellFormat.of(31, "0.00")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(40, "#,##0.00")).isEqualTo(CellFormat.NUMBER);
    assertThat(CellFormat.of(49, null)).isEqualTo(CellFormat.NUMBER);
  }

  @Test
  void aFormatOfZerosAloneTellsTheDigits() {
    assertThat(CellFormat.leastDigits("00")).isEqualTo(2);
    assertThat(CellFormat.leastDigits("00000")).isEqualTo(5);
    assertThat(CellFormat.leastDigits("0")).isZero();
    assertThat(CellFormat.leastDigits("00.0")).isZero();
  }
}
