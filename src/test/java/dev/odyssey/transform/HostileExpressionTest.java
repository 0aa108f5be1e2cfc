package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.PermanentFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Expressions of somebody who means harm: each is refused with a reason, or bounded. */
class HostileExpressionTest {
  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> refusesWhatReachesBeyondTheRow() {
    return refused(
        "(SELECT 1)", "a subquery is not allowed",
        "a || (SELECT content FROM read_text('/etc/passwd'))", "a subquery is not allowed",
        "EXISTS(SELECT 1)", "a subquery is not allowed",
        "a = ANY(b)", "a subquery is not allowed",
        "a IN (SELECT b)", "a subquery is not allowed",
        "ARRAY(SELECT 1)", "a subquery is not allowed",
        "upper((SELECT 'x'))", "a subquery is not allowed",
        "CASE WHEN true THEN (SELECT 'x') END", "a subquery is not allowed",
        "list_extract([1], (SELECT 1))", "a subquery is not allowed",
        "read_csv('/etc/passwd')", "it reads no file",
        "read_text('/etc/passwd')", "it reads no file",
        "glob('/*')", "it reads no file",
        "getenv('HOME')", "it reads no file",
        "a FROM read_csv('/etc/passwd')", "more than one expression",
        "a FROM duckdb_settings()", "more than one expression",
        "1 UNION ALL SELECT 2", "more than one expression",
        "a, b", "more than one expression",
        "DISTINCT a", "more than one expression",
        "a WHERE a = '1'", "more than one expression",
        "a GROUP BY ALL", "more than one expression",
        "a ORDER BY 1", "more than one expression",
        "a LIMIT 1", "more than one expression",
        "a USING SAMPLE 1", "more than one expression",
        "a QUALIFY true", "more than one expression",
        "1; DROP TABLE x", "; is not allowed",
        "1; COPY (SELECT 1) TO '/tmp/x'", "; is not allowed",
        "ATTACH '/tmp/x.db'", "a cast to",
        "COPY t TO '/tmp/x'", "no valid expression",
        "PRAGMA database_list", "no column",
        "a INTO OUTFILE 'x'", "");
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsNoFunctionOfTheRow() {
    return refused(
        "current_setting('memory_limit')", "\"current_setting\" is not on the list",
        "duckdb_settings()", "\"duckdb_settings\" is not on the list",
        "version()", "\"version\" is not on the list",
        "current_user", "no column \"current_user\"",
        "current_date", "no column \"current_date\"",
        "now()", "depends on the row alone",
        "random()", "the same for the same row",
        "uuid()", "the same for the same row",
        "nextval('s')", "the same for the same row",
        "getvariable('x')", "is not on the list",
        "txid_current()", "is not on the list",
        "pg_typeof(a)", "is not on the list",
        "error('x')", "is not on the list",
        "bad_value(1, a)", "\"bad_value\" is not on the list",
        "query('SELECT 1')", "is not on the list",
        "query_table('x')", "is not on the list",
        "write_log(a)", "is not on the list",
        "unnest([1, 2])", "\"unnest\" is not on the list",
        "sum(a)", "one row",
        "count(*)", "one row",
        "string_agg(a, ',')", "one row",
        "sum(a) OVER ()", "a window function is not allowed",
        "row_number() OVER ()", "a window function is not allowed",
        "uper(a)", "is it upper?");
  }

  @TestFactory
  Stream<DynamicTest> refusesOddCallsAndReferences() {
    return refused(
        "*", "* is not allowed",
        "source.*", "* is not allowed",
        "* EXCLUDE (a)", "* is not allowed",
        "COLUMNS(*)", "* is not allowed",
        "COLUMNS('a.*')", "* is not allowed",
        "upper(COLUMNS(*))", "* is not allowed",
        "#1", "columns by number are not allowed",
        "?", "parameters and dollar quotes are not allowed",
        "$1", "parameters and dollar quotes are not allowed",
        "$name", "parameters and dollar quotes are not allowed",
        "$$text$$", "parameters and dollar quotes are not allowed",
        "$x$(SELECT 1)$x$", "parameters and dollar quotes are not allowed",
        "upper(DISTINCT a)", "not called plainly",
        "upper(a ORDER BY a)", "not called plainly",
        "upper(a) FILTER (WHERE true)", "not called plainly",
        "system.main.upper(a)", "not called plainly",
        "x.y.upper(a)", "not called plainly",
        "upper(text := a)", "a name is given",
        "a AS b", "a name is given",
        "{'k': a}", "is not on the list",
        "MAP {'k': a}", "is not on the list",
        "(a, b)", "is not on the list",
        "list_transform([1], x -> x + 1)", "is not on the list",
        "list_filter([1], lambda x: x > 1)", "is not on the list",
        "[x FOR x IN [1, 2]]", "is not on the list",
        "list_sort([1], lambda x: x)", "a lambda is not allowed",
        "a -> b", "a lambda is not allowed",
        "a COLLATE nocase", "a collation is not allowed",
        "a::my_type", "a cast to",
        "a::ENUM('x', 'y')", "a cast to",
        "a::STRUCT(k INTEGER)", "a cast to",
        "a::VARCHAR[]", "a cast to",
        "a::MAP(VARCHAR, VARCHAR)", "a cast to",
        "a::BIT", "a cast to",
        "nothing", "no column \"nothing\"",
        "\"A \"\" OR 1\"", "no column \"A \" OR 1\"");
  }

  @TestFactory
  Stream<DynamicTest> refusesTricksWithTheText() {
    return refused(
        "a -- comment", "a comment is not allowed",
        "a /* comment */", "a comment is not allowed",
        "a /* /* nested */ */", "a comment is not allowed",
        "'x' --' || (SELECT 1)", "a comment is not allowed",
        "E'\\' || (SELECT 1) --'", "only plain texts are allowed",
        "e'\\x41'", "only plain texts are allowed",
        "U&'\\0041'", "",
        "x'00ff'", "only plain texts are allowed",
        "'not closed", "the quote ' is not closed",
        "\"not closed", "the quote \" is not closed",
        "upper(a", "no valid expression",
        "a)", "no valid expression",
        "uрper(a)", "\"uрper\" is not on the list",
        "ｕpper(a)", "is not on the list",
        "up\u200bper(a)", "U+200B",
        "\u202eupper(a)", "U+202E",
        "a \uff1b DROP", "U+FF1B",
        "a || \u2018x\u2019", "U+2018",
        "a\u0007", "U+0007",
        "\ufeffa", "U+FEFF");
  }

  @TestFactory
  Stream<DynamicTest> refusesEveryDeepNesting() {
    return refused(
        "(".repeat(4_900) + "a" + ")".repeat(4_900),
        "nested deeper than 100",
        "[".repeat(4_900) + "a" + "]".repeat(4_900),
        "nested deeper than 100",
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
        "longer than 10000");
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatGrows() {
    return refused(
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
        "concat(" + "lpad('x', 1000, 'x'), ".repeat(100) + "a)",
        "bytes of each row");
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

  @TestFactory
  Stream<DynamicTest> survivesWhatIsMerelyOdd() {
    return Stream.of(
            // RE2 knows no backtracking: the patterns that take others an age end at once
            "regexp_matches('" + "a".repeat(3_000) + "!', '^(a+)+$')",
            "regexp_matches('" + "a".repeat(3_000) + "!', '(a|aa)+$')",
            "regexp_replace(a, '(.*)*', 'x')",
            "regexp_extract('" + "x".repeat(3_000) + "', '(x+x+)+y')",
            "lpad(a, 1000, 'x')",
            "a || '" + "x".repeat(9_000) + "'",
            "9".repeat(3_000),
            "1e308 * 10",
            "1" + "0".repeat(37) + " + 1",
            "'9'::DECIMAL(38,37)",
            "INTERVAL '999999999 years'",
            "to_years(999999999)",
            "DATE '290000-01-01' + INTERVAL 1 DAY",
            "date_add(DATE '2000-01-01', INTERVAL 999999999 MONTH)",
            "make_date(999999999, 1, 1)",
            "strptime(a, '%Y%Y%Y%Y')",
            "strftime(DATE '2000-01-01', '" + "%A".repeat(200) + "')",
            "a SIMILAR TO '(x|y)*'",
            "a GLOB '" + "*a".repeat(300) + "'",
            "a LIKE '" + "%a".repeat(300) + "'",
            "a AT TIME ZONE 'Nowhere/Land'",
            "unhex('zz')",
            "from_base64('!')",
            "chr(-1)",
            "chr(1114112)",
            "substring(a, -9223372036854775808)",
            "list_extract([1], 9223372036854775807)",
            "power(1e300, 1e300)",
            "'' || chr(0) || a",
            "nullif(a, 'o''x')",
            "concat(" + "a, ".repeat(450) + "b)",
            "a = 'x'" + " OR a = 'x'".repeat(150),
            "'a;b--c/*d*/' || a",
            "true",
            "NULL")
        .map(
            expression -> test(expression, () -> assertThat(rowsOrReason(expression)).isNotNull()));
  }

  @Test
  void everyFunctionWithAnyArgumentsIsTakenOrRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("functions.csv"), "a,b\n1,x\n");
    SourceOptions options = new SourceOptions("orders", JsonNodeFactory.instance.objectNode());
    int taken = 0;
    CsvText text = CsvText.of(file, new CsvDetector(CsvOptions.of(options), List.of()));
    try (Engine engine = Engine.open(directory.toRealPath(), TransformSettings.defaults())) {
      Source source = CsvSource.open(engine, text, options, false);
      for (String function : AllowedFunctions.ALL) {
        String name = Character.isLetter(function.charAt(0)) ? function : '"' + function + '"';
        for (String argument : List.of("a", "'x'", "1", "NULL", "[a]")) {
          for (int count = 0; count <= 4; count++) {
            String arguments = String.join(", ", Collections.nCopies(count, argument));
            String call = name + "(" + arguments + ")";
            try {
              new ExpressionParser(engine, source, "orders")
                  .parse(new Mapping(null, "out", call, null));
              taken++;
            } catch (PermanentFailure refused) {
              assertThat(refused).hasMessageContaining("is refused");
            }
          }
        }
      }
    }
    assertThat(taken).isGreaterThan(1_000);
  }

  @Test
  void refusesNulWhichWouldCutTheText() {
    for (String expression : List.of("'\0' || a", "\"a\0b\"", "a\0 || (SELECT 1)")) {
      assertThatExceptionOfType(PermanentFailure.class)
          .isThrownBy(() -> parse(expression))
          .withMessageContaining("fieldMappings[0].transform holds a NUL character");
    }
  }

  @Test
  void survivesTheLongestAllowedChainOnAThreadWithASmallStack() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    Runnable parse =
        () -> {
          for (String chain :
              List.of("~ ".repeat(499) + "1", "1" + "+1".repeat(499), "a" + "||a".repeat(249))) {
            try {
              parse(chain);
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

  private static Stream<DynamicTest> refused(String... expressionsAndReasons) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < expressionsAndReasons.length; i += 2) {
      String expression = expressionsAndReasons[i];
      String reason = expressionsAndReasons[i + 1];
      tests.add(
          test(
              expression,
              () ->
                  assertThatExceptionOfType(PermanentFailure.class)
                      .isThrownBy(() -> parse(expression))
                      .withMessageStartingWith("Stream \"orders\", column \"out\": the transform ")
                      .withMessageContaining(" is refused")
                      .withMessageContaining(reason)));
    }
    return tests.stream();
  }

  private static DynamicTest test(
      String expression, org.junit.jupiter.api.function.Executable body) {
    return DynamicTest.dynamicTest(Names.shown(expression), body);
  }

  private static void parse(String expression) {
    Job.in(directory).file("a,b\n1,x\n").transform("out", expression).run();
  }

  /** The one row's value, or why there is none: both are harmless. */
  private static String rowsOrReason(String expression) {
    try {
      TransformResult result =
          Job.in(directory).file("a,b\n1,x\n").transform("out", expression).run();
      return Job.rows(result, "out").get(0);
    } catch (PermanentFailure failure) {
      return failure.getMessage();
    }
  }
}
