package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.csv.CsvDetector;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.source.CsvSource;
import dev.odyssey.transform.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Expressions that are merely odd: taken or refused, and harmless. */
class OddExpressionTest {
  @TempDir static Path directory;

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
            expression ->
                HostileExpressions.test(
                    expression, () -> assertThat(rowsOrReason(expression)).isNotNull()));
  }

  @Test
  void everyFunctionWithAnyArgumentsIsTakenOrRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("functions.csv"), "a,b\n1,x\n");
    SourceOptions options = new SourceOptions("orders", JsonNodeFactory.instance.objectNode());
    int taken = 0;
    CsvText text = CsvText.of(file, new CsvDetector(CsvOptions.of(options), List.of()));
    try (Engine engine = Engine.open(directory.toRealPath(), TransformSettings.defaults())) {
      Source source = CsvSource.open(engine, text, options, false, null);
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
          .isThrownBy(() -> expressions().run(expression))
          .withMessageContaining("fieldMappings[0].transform holds a NUL character");
    }
  }

  /** The one row's value, or why there is none: both are harmless. */
  private static String rowsOrReason(String expression) {
    try {
      return Job.rows(expressions().run(expression), "out").get(0);
    } catch (PermanentFailure failure) {
      return failure.getMessage();
    }
  }

  private static HostileExpressions expressions() {
    return new HostileExpressions(directory);
  }
}
