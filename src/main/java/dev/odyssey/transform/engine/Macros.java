package dev.odyssey.transform.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names for how texts become values: the file {@code macros.sql} and {@link DecimalMacros}.
 * Stateless.
 */
public final class Macros {
  private static final Pattern DEFINITION =
      Pattern.compile("(?:-- .*\n)*CREATE OR REPLACE MACRO (\\w+)\\([^;]+;\n");
  private static final Map<String, String> DEFINITIONS = definitions();
  private static final Pattern CALL = Pattern.compile("\\b(\\w++)\\(");

  private Macros() {}

  /** Definitions of what this SQL calls, and of what they call, each behind those it needs. */
  public static List<String> calledBy(String sql) {
    List<String> ofDecimals = DecimalMacros.calledBy(sql);
    Set<String> called = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(ofDecimals);
    open.push(sql);
    while (!open.isEmpty()) {
      Matcher call = CALL.matcher(open.pop());
      while (call.find()) {
        String definition = DEFINITIONS.get(call.group(1));
        if (definition != null && called.add(call.group(1))) {
          open.push(definition);
        }
      }
    }
    return Stream.concat(
            DEFINITIONS.keySet().stream().filter(called::contains).map(DEFINITIONS::get),
            ofDecimals.stream())
        .toList();
  }

  private static Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    Matcher definition = DEFINITION.matcher(text());
    while (definition.find()) {
      definitions.put(definition.group(1), definition.group().strip().replaceFirst(";$", ""));
    }
    return definitions;
  }

  private static String text() {
    try (InputStream in = Macros.class.getResourceAsStream("/transform/macros.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
