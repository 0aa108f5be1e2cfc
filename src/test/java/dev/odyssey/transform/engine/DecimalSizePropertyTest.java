package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Decimals as {@link BigDecimal} reads and rounds them. */
class DecimalSizePropertyTest {
  private static Path directory;
  private static Engine engine;

  @BeforeContainer
  static void open() throws IOException, SQLException {
    directory = Files.createTempDirectory("decimals-");
    engine = Engine.open(directory, TransformSettings.defaults());
  }

  @AfterContainer
  static void close() throws IOException, SQLException {
    engine.close();
    Folders.delete(directory);
  }

  @Property(tries = 60)
  void aTextIsRoundedToTheScaleOrDoesNotFit(
      @ForAll("sizes") DecimalSize size, @ForAll("numbers") List<String> numbers)
      throws SQLException {
    List<String> wanted = numbers.stream().map(text -> plain(decimal(text, size))).toList();

    assertThat(read(size.fromText("t"), numbers)).isEqualTo(wanted);
  }

  @Property(tries = 60)
  void otherTextsAreWhatTheyAreToTheEngine(
      @ForAll("sizes") DecimalSize size, @ForAll("texts") List<String> texts) throws SQLException {
    assertThat(read(size.fromText("t"), texts))
        .isEqualTo(read("TRY_CAST(t AS " + size.sql() + ")", texts));
  }

  @Property(tries = 60)
  void theShortValueIsTheDecimalWhereFourDigitsHoldIt(
      @ForAll("sizes") DecimalSize size, @ForAll("numbers") List<String> numbers)
      throws SQLException {
    assertThat(read(size.shortValue("(" + size.fromText("t") + ")"), numbers))
        .isEqualTo(
            numbers.stream()
                .map(text -> decimal(text, size))
                .map(decimal -> plain(hasFourDigits(decimal) ? decimal : null))
                .toList());
  }

  @Property(tries = 60)
  void theLongTextIsThatOfAnyOtherWithoutZerosAtItsEnd(
      @ForAll("sizes") DecimalSize size, @ForAll("numbers") List<String> numbers)
      throws SQLException {
    assertThat(read(size.longText("(" + size.fromText("t") + ")"), numbers))
        .isEqualTo(
            numbers.stream()
                .map(text -> decimal(text, size))
                .map(decimal -> plain(hasFourDigits(decimal) ? null : decimal))
                .map(text -> size.digits() == size.scale() ? withoutZeroInFront(text) : text)
                .toList());
  }

  private static List<String> read(String sql, List<String> texts) throws SQLException {
    String rows =
        texts.stream()
            .map(text -> "(" + Sql.literal(text) + ")")
            .collect(Collectors.joining(", ", "(VALUES ", ") AS texts(t)"));
    List<String> read = new ArrayList<>();
    engine.rows(
        "SELECT (" + sql + ")::VARCHAR FROM " + rows, row -> read.add(shorter(row.getString(1))));
    return read;
  }

  /** Without the zeros by which the engine pads a decimal. */
  private static String shorter(String text) {
    return text == null || text.isEmpty() || text.startsWith(".") || text.startsWith("-.")
        ? text
        : plain(new BigDecimal(text));
  }

  private static String plain(BigDecimal decimal) {
    return decimal == null ? null : decimal.stripTrailingZeros().toPlainString();
  }

  private static String withoutZeroInFront(String text) {
    return text == null ? null : text.replaceFirst("^(-?)0\\.", "$1.");
  }

  private static BigDecimal decimal(String text, DecimalSize size) {
    BigDecimal rounded = new BigDecimal(text.strip()).setScale(size.scale(), RoundingMode.HALF_UP);
    return rounded.precision() > size.digits() ? null : rounded;
  }

  private static boolean hasFourDigits(BigDecimal decimal) {
    return decimal != null
        && decimal.stripTrailingZeros().scale() <= 4
        && decimal.abs().compareTo(BigDecimal.TEN.pow(14)) < 0;
  }

  @Provide
  Arbitrary<DecimalSize> sizes() {
    return Arbitraries.of(
        new DecimalSize(5, 2),
        new DecimalSize(12, 2),
        new DecimalSize(18, 4),
        new DecimalSize(18, 0),
        new DecimalSize(19, 2),
        new DecimalSize(38, 0),
        new DecimalSize(38, 10),
        new DecimalSize(20, 18),
        new DecimalSize(38, 20),
        new DecimalSize(38, 24),
        new DecimalSize(30, 27),
        new DecimalSize(38, 37));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> odd =
        Arbitraries.of(
            "", ".", "-", "+.", "5.", "-.5", "1-2", "1.2.3", "- 1", "1 2", "0x1F", "inf", "NaN",
            "\u0663", "1,5", "1.5 ", " 1.5", "1.5-", "--1", "5. ", "1.5x");
    return Arbitraries.oneOf(odd, Arbitraries.strings().withChars("0159.-+ ").ofMaxLength(8))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<String>> numbers() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30);
    Arbitrary<String> fewDigits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9);
    Arbitrary<String> fraction =
        Arbitraries.oneOf(
            Arbitraries.just(""),
            fewDigits.map(all -> "." + all),
            fewDigits.map(all -> "." + all + "0000000000"),
            digits.map(all -> "." + all));
    Arbitrary<String> exponent =
        Arbitraries.integers()
            .between(-40, 40)
            .flatMap(n -> Arbitraries.of("e" + n, "E" + (n < 0 ? "" : "+") + n))
            .injectNull(0.6)
            .map(text -> text == null ? "" : text);
    return Combinators.combine(
            Arbitraries.of("", "-", "+", " "),
            Arbitraries.oneOf(fewDigits, fewDigits, digits),
            fraction,
            exponent)
        .as((sign, whole, behind, shift) -> sign + whole + behind + shift)
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }
}
