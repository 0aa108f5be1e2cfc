package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that grow without bounds, in depth or in what they give. */
class ExpressionBoundsTest {
  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> refusesEveryDeepNesting() {
    return expressions()
        .refused(
            "(".repeat(4_900) + "a" + ")".repeat(4_900),
            "nested deeper than 100",
            "[".repeat(4_900) + "a" + "]".repeat(4_900),
            "nested deeper than 100",
            nested("[", "a", "]", 99),
            "lists are nested deeper than 16",
            "len(" + nested("list_value(", "a", ")", 17) + ")",
            "lists are nested deeper than 16",
            "upper(".repeat(1_400) + "a" + ")".repeat(1_400),
            "nested deeper than 100",
            "(".repeat(9_999),
            "nested deeper than 100",
            "-".repeat(10_000),
            "comment",
            "- ".repeat(4_999) + "1",
            "more than 500",
            "+".repeat(9_999) + "1",
            "more than 500",
            "~ ".repeat(4_999) + "1",
            "more than 500",
            "@".repeat(9_999) + "1",
            "more than 500",
            "NOT ".repeat(2_400) + "true",
            "more than 500",
            "NOT ".repeat(499) + "true",
            "nested",
            "1" + "+1".repeat(4_990),
            "more than 500",
            "a" + "||a".repeat(3_300),
            "more than 500",
            "a" + "||a".repeat(220),
            "nested deeper than 200",
            "a" + "::int".repeat(1_990),
            "more than 500",
            "a" + "::int".repeat(220),
            "nested",
            "a" + ".a".repeat(4_990),
            "more than 500",
            "a" + ".upper()".repeat(499),
            "nested",
            "a" + "[1]".repeat(3_300),
            "more than 500",
            "a" + " IS NULL".repeat(220),
            "nested",
            "a" + " -> 'x'".repeat(499),
            "nested",
            "a" + " AT TIME ZONE 'x'".repeat(249),
            "more than 500",
            "a" + " COLLATE x".repeat(499),
            "",
            "2" + "**2".repeat(3_300),
            "more than 500",
            "a" + " AND a".repeat(1_600),
            "more than 500",
            "a" + "!".repeat(9_000),
            "more than 500",
            "CASE WHEN a = 'x' THEN ".repeat(300) + "1" + " END".repeat(300),
            "more than 500",
            "CASE WHEN true THEN ".repeat(240) + "1" + " END".repeat(240),
            "more than 500",
            "CASE WHEN true THEN 1 ELSE ".repeat(165) + "1" + " END".repeat(165),
            "",
            "a".repeat(10_001),
            "longer than 10000",
            "a || -1e400",
            "a number in it is too large");
  }

  /** For each wildcard the engine tries every place of the text. */
  @TestFactory
  Stream<DynamicTest> refusesPatternsThatTakeAnAge() {
    return expressions()
        .refused(
            "a LIKE '" + "%a".repeat(9) + "_'",
            "at most 4 wildcards before the last",
            "a NOT LIKE '" + "%a".repeat(9) + "_'",
            "at most 4 wildcards",
            "a ILIKE '" + "%a".repeat(9) + "'",
            "at most 4 wildcards",
            "a GLOB '" + "*a".repeat(9) + "'",
            "at most 4 wildcards",
            "a LIKE '" + "%a".repeat(9) + "' ESCAPE '!'",
            "at most 4 wildcards",
            "a LIKE b",
            "must be constants",
            "a NOT ILIKE b || '%'",
            "must be constants",
            "a GLOB b",
            "must be constants");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a LIKE '%a%a%a%a%a%a%a%a%'",
        "a LIKE '%_x%%_y%z%'",
        "a ILIKE '%a%b%c%d%'",
        "a GLOB '*a*b*c*d*'",
        "a LIKE 'x!%%' ESCAPE '!'"
      })
  void takesPatternsThatEndSoon(String pattern) {
    assertThat(Job.rows(expressions().run(pattern), "count(*)")).containsExactly("1");
  }

  /** What one row could make fail for all is a constant. */
  @TestFactory
  Stream<DynamicTest> refusesColumnsWhereTheEngineTakesFewValues() {
    return expressions()
        .refused(
            "a LIKE 'x' ESCAPE b",
            "must be constants",
            "ilike_escape(a, 'x', b)",
            "must be constants",
            "a LIKE 'x' ESCAPE 'ab'",
            "ESCAPE takes one character",
            "array_length(string_split(a, ';'), length(b))",
            "argument 2 of array_length must be a constant");
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatGrows() {
    return expressions()
        .refused(
            "repeat(a, 1000000000)",
            "lpad and rpad",
            "lpad(a, 1000000000, 'x')",
            "constant length up to 1000",
            "lpad(a, length(b), 'x')",
            "must be a constant",
            "rpad(a, 1000000000::INTEGER, 'x')",
            "must be a constant",
            "range(1000000000)",
            "is not on the list",
            "generate_series(1, 1000000000)",
            "is not on the list",
            "list_resize([1], 1000000000)",
            "is not on the list",
            "list_aggregate([1], 'histogram')",
            "is not on the list",
            "printf('%1000000000d', 1)",
            "is not on the list",
            "format('{:1000000000}', 1)",
            "is not on the list",
            "bar(1, 0, 1, 1000000000)",
            "is not on the list",
            "replace(a, '', b)",
            "must be a constant",
            nested("replace(", "a", ", 'x', 'xxxxxxxxxx')", 4),
            "times its column",
            nested("regexp_replace(", "a", ", '', 'xxxxxxxxxx', 'g')", 4),
            "times its column",
            nested("regexp_replace(", "a", ", '(.*)', '\\1\\1\\1\\1', 'g')", 6),
            "times its column",
            nested("concat(", "a", ", a)", 50),
            "times its column",
            "a" + " || a".repeat(190),
            "times its column",
            nested("hex(", "a", ")", 12),
            "times its column",
            nested("to_json(", "a", ")", 6),
            "times its column",
            nested("concat_ws(", "a", ", 'x', 'x', 'x', 'x', 'x')", 6),
            "times its column",
            nested("array_to_string(string_split(", "a", ", ''), 'xxxxxxxxxxxxx')", 3),
            "",
            nested("nullif(", "a", ", 'x')", 40),
            "steps",
            nested("fmod(", "a::int", ", 7)", 40),
            "steps",
            nested("split_part(", "a", ", 'x', 1)", 40),
            "steps",
            "CASE CASE a WHEN 'x' THEN 1 END WHEN 1 THEN 2 END",
            "a CASE inside the operand",
            nested("CASE (", "a", ") WHEN '1' THEN '1' WHEN '2' THEN '2' END", 90),
            "a CASE inside the operand",
            "a -> '$.**'",
            "without **",
            "json_extract(a, '$.**.**')",
            "without **",
            "json_extract(a, b)",
            "a JSON path must be a constant",
            "regexp_matches(a, b)",
            "must be a constant",
            "strftime(a::date, b)",
            "must be a constant",
            "a -> '$..*'",
            "without ** and ..",
            "json_extract(a, '$..x')",
            "without ** and ..",
            "concat(" + "lpad('x', 1000, 'x'), ".repeat(100) + "a)",
            "bytes of each row");
  }

  /** The engine binds each arrow of a chain twice: a hundred and fifty of them never end. */
  @Test
  void refusesChainsOfArrows() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> expressions().run("a" + " -> '$.a'".repeat(150)))
        .withMessageContaining("more than 2000 steps");
  }

  @Test
  void refusesManyGrowingExpressionsTogether() {
    Job job = Job.in(directory).file("a,b\n1,x\n");
    for (int i = 0; i < 200; i++) {
      job.transform("c" + i, "lpad(a, 1000, 'x')");
    }

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(job::run)
        .withMessageContaining("together with the transforms before it");
  }

  @Test
  void survivesTheLongestAllowedChainOnAThreadWithASmallStack() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    Runnable parse =
        () -> {
          for (String chain :
              List.of("~ ".repeat(499) + "1", "1" + "+1".repeat(499), "a" + "||a".repeat(249))) {
            try {
              expressions().run(chain);
            } catch (PermanentFailure expected) {
              assertThat(expected).hasMessageContaining("is refused");
            } catch (Throwable t) {
              thrown.add(t);
            }
          }
        };

    Thread small = new Thread(null, parse, "small stack", 512 * 1024);
    small.start();
    small.join();

    assertThat(thrown).isEmpty();
  }

  private static String nested(String open, String inner, String close, int times) {
    return open.repeat(times) + inner + close.repeat(times);
  }

  private static HostileExpressions expressions() {
    return new HostileExpressions(directory);
  }
}
