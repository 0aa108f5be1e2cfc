package dev.odyssey.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** How numbers, sizes and times are written for people. What is absent is a dash. Stateless. */
public final class Formats extends AbstractExtension {
  private static final String NOTHING = "–";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  @Override
  public Map<String, Filter> getFilters() {
    var filters = new LinkedHashMap<String, Filter>();
    filters.put("number", filter(Formats::number));
    filters.put("bytes", filter(Formats::bytes));
    filters.put("duration", filter(Formats::duration));
    filters.put("millis", filter(value -> millis(value)));
    filters.put("time", filter(Formats::time));
    filters.put("short", filter(value -> value.toString().split("-", 2)[0]));
    filters.put("pretty", filter(Formats::pretty));
    return filters;
  }

  /** 1234567 as {@code 1,234,567}. */
  public static String number(Object value) {
    return value instanceof Number number
        ? String.format(Locale.ROOT, "%,d", number.longValue())
        : String.valueOf(value);
  }

  /** 1536 as {@code 1.5 KB}; powers of 1000. */
  public static String bytes(Object value) {
    if (!(value instanceof Number number)) {
      return String.valueOf(value);
    }
    double size = number.doubleValue();
    if (size < 1000) {
      return "%.0f B".formatted(size);
    }
    String[] units = {"KB", "MB", "GB", "TB"};
    int unit = -1;
    do {
      size /= 1000;
      unit++;
    } while (size >= 999.5 && unit < units.length - 1);
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }

  /**
   * Seconds as {@code 4 ms}, {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 10 min},
   * {@code 4 d}.
   */
  public static String duration(Object value) {
    if (!(value instanceof Number number)) {
      return String.valueOf(value);
    }
    double seconds = Math.max(0, number.doubleValue());
    if (seconds < 0.0995) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min" + (whole % 60 == 0 ? "" : " " + whole % 60 + " s");
    }
    if (whole < 48 * 3600) {
      return whole / 3600 + " h" + (whole % 3600 < 60 ? "" : " " + whole % 3600 / 60 + " min");
    }
    return whole / 86_400 + " d";
  }

  private static String millis(Object value) {
    return value instanceof Number number
        ? duration(number.doubleValue() / 1000)
        : String.valueOf(value);
  }

  /** A timestamp of the database in UTC, to the second. */
  static String time(Object value) {
    return OffsetDateTime.parse(value.toString())
        .withOffsetSameInstant(ZoneOffset.UTC)
        .format(TIME);
  }

  private static String pretty(Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      return value.toString();
    }
  }

  private static Filter filter(Function<Object, String> format) {
    return new Filter() {
      @Override
      public List<String> getArgumentNames() {
        return List.of();
      }

      @Override
      public Object apply(
          Object input,
          Map<String, Object> arguments,
          PebbleTemplate template,
          EvaluationContext context,
          int line) {
        return input == null ? NOTHING : format.apply(input);
      }
    };
  }
}
