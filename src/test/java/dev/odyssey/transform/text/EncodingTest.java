package dev.odyssey.transform.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {
  private static final String RUSSIAN =
      "Москва столица и крупнейший город России, расположен на реке Москве в центре страны";
  private static final String JAPANESE = "東京は日本の首都であり、世界でも最大級の都市のひとつです。人口が多いです";
  private static final String POLISH =
      "Zażółć gęślą jaźń, która była wcześniej źródłem łatwych świąt i pięknych książek";
  private static final String GERMAN = "Die Straße führt über München nach Köln, größer als früher";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "windows-1251, RUSSIAN",
    "KOI8-R, RUSSIAN",
    "ISO-8859-5, RUSSIAN",
    "Shift_JIS, JAPANESE",
    "EUC-JP, JAPANESE",
    "windows-1250, POLISH",
    "windows-1252, GERMAN",
    "ISO-8859-1, GERMAN",
    "UTF-8, JAPANESE",
    "UTF-16, JAPANESE",
    "X-UTF-32LE-BOM, RUSSIAN"
  })
  void isFoundByTheLetters(String encoding, String language) {
    String text = text(language);
    StringBuilder file = new StringBuilder("id;text\n");
    for (int i = 0; i < 20; i++) {
      file.append(i).append(';').append(text).append('\n');
    }

    TransformResult result =
        Job.in(directory).file(file.toString(), Charset.forName(encoding)).run();

    assertThat(Job.rows(result, "DISTINCT text")).containsExactly(text);
  }

  @Test
  void aFewLettersAreWesternWindows() {
    TransformResult result =
        Job.in(directory).file("id,city,price\n1,Köln,5 €\n", TextEncoding.WINDOWS_1252).run();

    assertThat(Job.rows(result, "city, price")).containsExactly("Köln|5 €");
  }

  @Test
  void oneLetterTellsNothingAndIsWesternWindows() {
    TransformResult result =
        Job.in(directory).file("a\ný7\n", Charset.forName("windows-1252")).run();

    assertThat(Job.rows(result, "a")).containsExactly("ý7");
  }

  @Test
  void theLastRowTellsAsMuchAsTheFirst() {
    String plain = "id,text\n" + "1,a line of ASCII\n".repeat(20_000);

    TransformResult result =
        Job.in(directory).file(plain + "2,Köln\n", TextEncoding.WINDOWS_1252).run();

    assertThat(Job.rows(result, "max(text) FILTER (id = '2')")).containsExactly("Köln");
  }

  @Test
  void aNulInTheLastRowIsLeftOut() {
    String plain = "id,text\n" + "1,a line of ASCII\n".repeat(20_000);

    TransformResult result =
        Job.in(directory).file(plain + "2,Kö\0ln\n", StandardCharsets.UTF_8).run();

    assertThat(Job.rows(result, "max(text) FILTER (id = '2')")).containsExactly("Köln");
  }

  @Test
  void aColumnThatIsNotMappedTellsNothing() {
    String plain = "id,text,more\n" + "1,a line of ASCII,\n".repeat(20_000);

    TransformResult result =
        Job.in(directory)
            .file(plain + "2,x,Köln\n", TextEncoding.WINDOWS_1252)
            .mapping("id", "id")
            .run();

    assertThat(Job.rows(result, "count(*), max(id)")).containsExactly("20001|2");
  }

  @Test
  void aBrokenByteAmongAFewGoodLettersIsARejectAndNotAnotherEncoding() {
    byte[] file = "id,name\n1,Zoë\n2,Jürgen\n4,Inés\n3,Ren?".getBytes(StandardCharsets.UTF_8);
    file[file.length - 1] = (byte) 0xe9;

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "id, name")).containsExactly("1|Zoë", "2|Jürgen", "4|Inés");
    assertThat(result.rejected()).isEqualTo(1);
  }

  @Test
  void aBrokenByteBesideOneGoodLetterIsARejectAndNotAnotherEncoding() {
    byte[] file = "id,name\n1,Zoë\n2,Bj?rn\n".getBytes(StandardCharsets.UTF_8);
    file[file.length - 4] = (byte) 0xf6;

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "id, name")).containsExactly("1|Zoë");
    assertThat(result.rejected()).isEqualTo(1);
  }

  @Test
  void aToldEncodingWins() {
    TransformResult result =
        Job.in(directory)
            .file("id,text\n1,Łódź\n", Charset.forName("ISO-8859-2"))
            .config("{'csv': {'encoding': 'iso-8859-2'}}")
            .run();

    assertThat(Job.rows(result, "text")).containsExactly("Łódź");
  }

  @Test
  void aFileThatIsNotInItsToldEncodingFailsAndSaysSo() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(
            () ->
                Job.in(directory)
                    .file("id,text\n1,é\n", StandardCharsets.ISO_8859_1)
                    .config("{'csv': {'encoding': 'shift_jis'}}")
                    .run())
        .withMessageContaining("orders");
  }

  private static String text(String language) {
    return switch (language) {
      case "RUSSIAN" -> RUSSIAN;
      case "JAPANESE" -> JAPANESE;
      case "POLISH" -> POLISH;
      default -> GERMAN;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "Genève;Élève;Première;Célèbre;août;sûr;goût",
    "città;perché;è;più;lunedì",
    "Simões;Camões;razões;órgãos;negócio",
    "Tórshavn;Føroyar;Sørvágur;Norðragøta;Skálavík",
    "Põllumajandus;mõõtmed;Võru;äri;ühistu",
    "m³;km²;±5;¿Qué?;£10;¾ l;1º",
    "¿Cómo?;¿Dónde?;piñón;cañón",
    "»für«;»Bücher«;Straße"
  })
  void isWesternWindowsForWesternWords(String words) {
    List<String> names = List.of(words.split(";"));

    TransformResult result =
        Job.in(directory)
            .file("id;name\n1;" + String.join("\n1;", names) + "\n", TextEncoding.WINDOWS_1252)
            .run();

    assertThat(Job.rows(result, "name")).containsAll(names);
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1253, Γιώργος;Ελένη;Κώστας;Θεσσαλονίκη",
    "ISO-8859-7, Άννα;Γιώργος;Ελένη;Κώστας;Θεσσαλονίκη",
    "windows-1251, Иван;Мария;Пётр;Новосибирск",
    "KOI8-R, Иван;Мария;Пётр;Новосибирск",
    "IBM866, Иван;Мария;Пётр;Новосибирск",
    "windows-1255, דוד;שרה;ירושלים;תל אביב",
    "windows-1256, محمد;فاطمة;القاهرة;بيروت",
    "Shift_JIS, 田中;鈴木;注文番号;ソファ",
    "GB18030, 东帝汶;利比亚;阿曼;捷克;德国;哥伦比亚;尼日尔;圣马力诺;直布罗陀",
    "windows-1250, Bułgaria;Fidżi;Włochy;Łotwa;Mariany Północne;Słowacja;"
        + "Wyspa Świętej Heleny;Sudan Południowy;Korea Południowa",
    "windows-1250, Sklep spożywczy;Usługi;Księgarnia",
    "windows-1250, Płatność kartą;Kraków",
    "windows-1250, Żywność i chemia domowa;Wpływy",
    "windows-1250, Ľubomír Šťastný;Žilina;Piešťany",
    "ISO-8859-2, Żółw;Gęś;Wąż;Źrebię;Łódź;Świętochłowice",
    "windows-1250, Plzeň;Ústí nad Labem;Děčín;Třebíč;Ostrava",
    "windows-1250, Győr;Pécs;Kőműves;Tündér;Árvíztűrő",
    "windows-1250, Živković;Šarčević;Čačak",
    "windows-1250, Bucureşti;Iaşi;Timişoara"
  })
  void isFoundInAFewWords(String encoding, String words) {
    List<String> names = List.of(words.split(";", -1));
    String file = "id;name\n1;" + String.join("\n1;", names) + "\n";

    TransformResult result =
        Job.in(directory).file(file.repeat(3), Charset.forName(encoding)).run();

    assertThat(Job.rows(result, "name")).containsAll(names);
  }
}
