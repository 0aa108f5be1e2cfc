package dev.odyssey.transform;

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
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/**
 * Avro's logical types, https://avro.apache.org/docs/1.12.0/specification/#logical-types. A time
 * beyond the years 1 to 9999 is NULL. Stateless.
 */
final class AvroLogical {
  private static final int MAX_PRECISION = 38;

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
        sql, v -> new BigDecimal(new BigInteger(bytes(v)), decimal.getScale()).toPlainString());
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
      return value.toString();
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
