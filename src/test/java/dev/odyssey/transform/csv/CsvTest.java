package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @TempDir Path directory;

  @Test
  void keepsQuotesNewlinesAndUnicode() {
    TransformResult result = Job.in(directory).file("id,note\n1,\"a \"\"b\"\",\nc\"\n2,東京\n").run();

    assertThat(Job.rows(result, "id, note")).containsExactly("1|a \"b\",\nc", "2|東京");
    assertThat(result.inserted()).isEqualTo(2);
  }

  @Test
  void readsDecimalCommaAndLatin1() {
    TransformResult result =
        Job.in(directory)
            .file("Straße;Preis\nKöln;1.234,50\nGenève;7,25\n", StandardCharsets.ISO_8859_1)
            .config("{'csv': {'decimalSeparator': ','}}")
            .schema("Straße text", "Preis decimal(10,2)")
            .run();

    assertThat(Job.rows(result, "\"Straße\", \"Preis\""))
        .containsExactly("Köln|1234.50", "Genève|7.25");
  }

  @Test
  void findsTheWantedNamesInAHeaderWithAQuoteNeverClosed() {
    TransformResult result =
        Job.in(directory)
            .file("id,\"name,amount\n1,\"Lee, Ann\",10\n2,\"Ray, Bob\",20\n3,Cleo,30\n")
            .mapping("name", "name")
            .mapping("amount", "amount")
            .mapping("id", "id")
            .run();

    assertThat(Job.rows(result, "id, name, amount"))
        .containsExactly("1|Lee, Ann|10", "2|Ray, Bob|20", "3|Cleo|30");
  }

  /** The second row alone has most of the wanted names. */
  @Test
  void findsTheWantedNamesThatTwoHeaderRowsMakeTogether() {
    TransformResult result =
        Job.in(directory)
            .file("Sale,,,Product\nday,hour,count,code\n2026-01-02,7,5,17\n2026-01-03,8,6,18\n")
            .mapping("Sale day", "day")
            .mapping("hour", "hour")
            .mapping("count", "count")
            .mapping("Product code", "code")
            .run();

    assertThat(Job.rows(result, "day, hour, count, code"))
        .containsExactly("2026-01-02|7|5|17", "2026-01-03|8|6|18");
  }

  @Test
  void tellsNullFromEmptyText() {
    TransformResult result = Job.in(directory).file("a,b\n1,\n2,\"\"\n").run();

    assertThat(Job.rows(result, "a, b")).containsExactly("1|~", "2|");
  }

  /** Its gaps are columns without a name, and what follows is a row. */
  @Test
  void aHeaderThatHasAllNamesIsNoRowOfGroups() {
    TransformResult result =
        Job.in(directory)
            .file("name,,color,\nAnna,Graz,blue,tea\nBob,Lyon,red,milk\nCarl,Oslo,green,water\n")
            .mapping("name", "name")
            .mapping("color", "color")
            .run();

    assertThat(Job.rows(result, "name, color"))
        .containsExactly("Anna|blue", "Bob|red", "Carl|green");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 30, 3_000})
  void textsOfManyLinesAreValues(int rows) {
    StringBuilder file = new StringBuilder("id,subject,body\n");
    for (int i = 0; i < rows; i++) {
      String line = "\nwe wait for your reply";
      String comma = "\nthe order, that is";
      file.append(i)
          .append(",hello,\"Dear Sir")
          .append((line + line + comma).repeat(9))
          .append("\"\n");
    }

    TransformResult result = Job.in(directory).file(file.toString()).run();

    assertThat(result.totalRows()).isEqualTo(rows);
    assertThat(result.rejected()).isZero();
    assertThat(Job.rows(result, "id, subject, length(body)")).startsWith("0|hello|593");
  }

  @Test
  void emojiAreValues() {
    TransformResult result =
        Job.in(directory)
            .file(
                """
                ":grinning:",😀
                ":wave::skin-tone-2:",👋🏻
                ":smile:",😄
                ":heart:",❤️
                ":family:",👨‍👩‍👧
                """)
            .config("{'header': false}")
            .run();

    assertThat(Job.rows(result, "column1, column2"))
        .hasSize(5)
        .contains(":wave::skin-tone-2:|👋🏻", ":family:|👨‍👩‍👧");
  }

  @Test
  void theSignOfAnExponentCutsNoNumber() {
    TransformResult result =
        Job.in(directory).file("1.5100e+02\n7.5000e+01\n1.4100e+02\n2.5000e-01\n").run();

    assertThat(Job.rows(result, "column1"))
        .containsExactly("1.5100e+02", "7.5000e+01", "1.4100e+02", "2.5000e-01");
  }

  @Test
  void aTextThatManyRowsHaveIsNoName() {
    TransformResult result =
        Job.in(directory)
            .file(
                """
                AD:country-code:Andorra
                AE:country-code:Emirates
                AERO:sponsored:Transport
                AF:country-code:Afghanistan
                AG:country-code:Antigua
                """)
            .run();

    assertThat(Job.rows(result, "column1, column2, column3"))
        .hasSize(5)
        .startsWith("AD|country-code|Andorra");
  }

  @Test
  void passesOverPairsThatAreFilledUpToMoreFieldsThanTheNames() {
    TransformResult result =
        Job.in(directory)
            .file(
                """
                Account name: ,MyAccount_01233,,,,
                Account balance: ,63.86,,,,
                Date,Transactions,Debits,Credits,Balance

                04 Nov 2009,Direct Debit,18.75,,902.74
                06 Nov 2009,Direct Debit,819.48,,83.26
                12 Nov 2009,Personal Cheque,10.00,,56.22
                """)
            .run();

    assertThat(Job.rows(result, "\"Date\", Transactions, Balance"))
        .hasSize(3)
        .startsWith("04 Nov 2009|Direct Debit|902.74");
    assertThat(result.rejected()).isZero();
  }

  @Test
  void yearsAreNamesWhereSomeHaveNoValues() {
    TransformResult result =
        Job.in(directory).file("land,1960,1961,1962\nTogo,,1.5,2.5\nPeru,,3.5,4.5\n").run();

    assertThat(Job.rows(result, "land, \"1960\", \"1962\""))
        .containsExactly("Togo|~|2.5", "Peru|~|4.5");
  }

  @Test
  void daysOverDaysAndAFewWordsAreARow() {
    TransformResult result =
        Job.in(directory)
            .file(
                """
                name,from,to
                ,2026-03-17T01:00:00,2026-03-06
                Ada,2026-03-24T05:00:00,1999-01-01
                Bob,2026-01-02T03:04:05,x
                Eve,x,2026-03-24
                """)
            .run();

    assertThat(Job.rows(result, "\"from\", \"to\""))
        .hasSize(4)
        .startsWith("2026-03-17T01:00:00|2026-03-06");
  }

  /** The first row of UN/LOCODE names a country, the others its places. */
  @Test
  void aRowThatIsMostlyEmptyIsNoHeaderWhereOtherRowsHaveItsText() {
    TransformResult result =
        Job.in(directory)
            .file(
                """
            ,"AD",,".ANDORRA",,,
            ,"AD","ALV","Andorra la Vella","AI","0601",
            ,"AD","CAN","Canillo","RL","0307",
            ,"AD","ENC","Encamp","RL","0307",
            """)
            .run();

    assertThat(Job.rows(result, "column2, column3, column4, column6"))
        .containsExactly(
            "AD|~|.ANDORRA|~",
            "AD|ALV|Andorra la Vella|0601",
            "AD|CAN|Canillo|0307",
            "AD|ENC|Encamp|0307");
  }

  @Test
  void numbersMayBeNamesOverARowOfWords() {
    TransformResult result =
        Job.in(directory).file("axis,1,2\nsecond,Volt,Volt\n0.1,2.5,3.5\n0.2,2.6,3.6\n").run();

    assertThat(Job.rows(result, "\"axis second\", \"1 Volt\", \"2 Volt\""))
        .containsExactly("0.1|2.5|3.5", "0.2|2.6|3.6");
  }
}
