package dev.odyssey.bench;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/** A kind of values, as files have them, and the type that a stream's schema gives them. */
enum ColumnKind {
  INTEGER("integer"),
  WHOLE_NUMBER("number"),
  MONEY("number"),
  SIX_DIGITS("number"),
  AS_DOUBLES_PRINT("number"),
  WITH_EXPONENT("number"),
  LONG_NUMBER("number"),
  DECIMAL("decimal(30,6)"),
  DOUBLE("double"),
  TRUE_FALSE("boolean"),
  CAPITAL_TRUE_FALSE("boolean"),
  ZERO_ONE("boolean"),
  YES_NO("boolean"),
  DATE("date"),
  DATE_WITH_TIME("date"),
  TIMESTAMP("timestamp"),
  TIMESTAMP_IN_UTC("timestamp"),
  TIMESTAMPTZ("timestamptz"),
  TIMESTAMPTZ_IN_UTC("timestamptz"),
  TIME("time"),
  UUID_TEXT("uuid"),
  JSON("json"),
  TEXT("text"),
  LONG_TEXT("text");

  private final String type;

  ColumnKind(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /** A value as it stands in a CSV file. */
  String value(SplittableRandom random) {
    return switch (this) {
      case INTEGER, WHOLE_NUMBER -> String.valueOf(random.nextInt());
      case MONEY -> decimal(random.nextInt(1_000_000), 2);
      case SIX_DIGITS -> decimal(random.nextInt(-180_000_000, 180_000_000), 6);
      case AS_DOUBLES_PRINT -> String.valueOf(random.nextDouble(1, 180));
      case WITH_EXPONENT -> "%.6e".formatted(random.nextGaussian(0, 1e3));
      case LONG_NUMBER -> 1 + random.nextInt(9) + digits(random) + digits(random);
      case DECIMAL -> decimal(random.nextLong(1_000_000_000_000_000L), 6);
      case DOUBLE -> String.valueOf(random.nextDouble(1e6));
      case TRUE_FALSE -> String.valueOf(random.nextBoolean());
      case CAPITAL_TRUE_FALSE -> random.nextBoolean() ? "TRUE" : "FALSE";
      case ZERO_ONE -> random.nextBoolean() ? "1" : "0";
      case YES_NO -> random.nextBoolean() ? "Yes" : "No";
      case DATE -> LocalDate.EPOCH.plusDays(random.nextInt(20_000)).toString();
      case DATE_WITH_TIME -> moment(random, "yyyy-MM-dd' 00:00:00'");
      case TIMESTAMP -> moment(random, "yyyy-MM-dd HH:mm:ss");
      case TIMESTAMP_IN_UTC, TIMESTAMPTZ_IN_UTC -> moment(random, "yyyy-MM-dd'T'HH:mm:ss'.123Z'");
      case TIMESTAMPTZ -> moment(random, "yyyy-MM-dd'T'HH:mm:ss'+02:00'");
      case TIME -> moment(random, "HH:mm:ss");
      case UUID_TEXT -> new UUID(random.nextLong(), random.nextLong()).toString();
      case JSON -> "\"{\"\"a\"\": %d}\"".formatted(random.nextInt(1_000));
      case TEXT -> "word " + Integer.toString(random.nextInt(), 36);
      case LONG_TEXT -> "some words of a remark ".repeat(6) + random.nextInt();
    };
  }

  private static String decimal(long digits, int scale) {
    return BigDecimal.valueOf(digits, scale).toPlainString();
  }

  private static String digits(SplittableRandom random) {
    return "%09d".formatted(random.nextInt(1_000_000_000));
  }

  private static String moment(SplittableRandom random, String pattern) {
    return LocalDateTime.of(2000, 1, 1, 0, 0)
        .plusSeconds(random.nextInt())
        .format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
  }
}
