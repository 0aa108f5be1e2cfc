package dev.odyssey.transform.avro;

import dev.odyssey.transform.rows.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/**
 * Avro's logical types, https://avro.apache.org/docs/1.12.0/specification/#logical-types. NULL is a
 * time beyond the years 1 to 9999, a decimal with more digits than its schema says, and a text that
 * is no UUID. Stateless.
 */
final class AvroLogical {
  private static final int MAX_PRECISION = 38;
  private static final Pattern UUIDS =
      Pattern.compile("\\p{XDigit}{8}(-?\\p{XDigit}{4}){3}-?\\p{XDigit}{12}");

  private AvroLogical() {}

  /** Null where the schema has none, or one that it does not say how to read. */
  static AvroType of(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(decimal);
    }
    String name = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    return switch (name) {
      case "date" -> time("DATE", LocalDate::ofEpochDay);
      case "time-millis" ->
          time("TIME", v -> LocalTime.ofNanoOfDay(Math.multiplyExact(v, 1_000_000L)));
      case "time-micros" -> time("TIME", v -> LocalTime.ofNanoOfDay(Math.multiplyExact(v, 1_000L)));
      case "timestamp-millis" -> time("TIMESTAMPTZ", v -> instant(v, ChronoUnit.MILLIS));
      case "timestamp-micros" -> time("TIMESTAMPTZ", v -> instant(v, ChronoUnit.MICROS));
      case "timestamp-nanos" -> time("TIMESTAMPTZ", v -> instant(v, ChronoUnit.NANOS));
      case "local-timestamp-millis" -> time("TIMESTAMP", v -> local(v, ChronoUnit.MILLIS));
      case "local-timestamp-micros" -> time("TIMESTAMP", v -> local(v, ChronoUnit.MICROS));
      case "local-timestamp-nanos" -> time("TIMESTAMP", v -> local(v, ChronoUnit.NANOS));
      case "uuid" -> AvroType.text("UUID", AvroLogical::uuid);
      case "duration" -> AvroType.text(Field.TEXT, AvroLogical::duration);
      default -> null;
    };
  }

  /** The bytes of {@code bytes} or {@code fixed}. */
  static byte[] bytes(Object value) {
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    ByteBuffer buffer = ((ByteBuffer) value).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static AvroType decimal(LogicalTypes.Decimal decimal) {
    String sql =
        decimal.getPrecision() <= MAX_PRECISION
            ? "DECIMAL(" + decimal.getPrecision() + "," + decimal.getScale() + ")"
            : Field.TEXT;
    return AvroType.text(
        sql,
        v -> {
          BigDecimal number = new BigDecimal(integer(bytes(v)), decimal.getScale());
          boolean fits = sql.equals(Field.TEXT) || number.precision() <= decimal.getPrecision();
          return fits ? number.toPlainString() : null;
        });
  }

  /** Some writers give zero no byte. */
  private static BigInteger integer(byte[] bytes) {
    return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
  }

  /**
   * A value that became NULL, for people, bytes in hexadecimal. Empty where that is no fault: a
   * blank is NULL, and so is a time beyond all years, which databases have for infinity.
   */
  static Optional<String> badValue(Object value) {
    if (value instanceof Number) {
      return Optional.empty();
    }
    boolean bytes = value instanceof GenericFixed || value instanceof ByteBuffer;
    String text = bytes ? "0x" + HexFormat.of().formatHex(bytes(value)) : value.toString();
    return Optional.of(text).filter(shown -> !shown.isBlank());
  }

  private static AvroType time(String sql, LongFunction<Object> read) {
    return AvroType.text(
        sql,
        value -> {
          try {
            String text = read.apply(((Number) value).longValue()).toString();
            return text.startsWith("+") || text.startsWith("-") || text.startsWith("0000")
                ? null
                : text;
          } catch (DateTimeException | ArithmeticException beyond) {
            return null;
          }
        });
  }

  private static Instant instant(long value, ChronoUnit unit) {
    return Instant.EPOCH.plus(value, unit).truncatedTo(ChronoUnit.MICROS);
  }

  private static Object local(long value, ChronoUnit unit) {
    return instant(value, unit).atOffset(ZoneOffset.UTC).toLocalDateTime();
  }

  private static String uuid(Object value) {
    if (!(value instanceof GenericFixed)) {
      String text = value.toString();
      return UUIDS.matcher(text).matches() ? text : null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes(value));
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }

  /** Months, days and milliseconds as ISO 8601. */
  private static String duration(Object value) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(value)).order(ByteOrder.LITTLE_ENDIAN);
    return "P%dM%dDT%sS"
        .formatted(
            Integer.toUnsignedLong(buffer.getInt()),
            Integer.toUnsignedLong(buffer.getInt()),
            BigDecimal.valueOf(Integer.toUnsignedLong(buffer.getInt()), 3).toPlainString());
  }
}
