package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Expressions as people write them who know another database, a spreadsheet or a language. */
class OtherDialectsTest {
  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> refusesWhatWouldGiveAWrongValueInSilence() {
    return expressions()
        .refused(
            "a = NULL", "write IS NULL",
            "a <> NULL", "write IS NULL",
            "CASE a WHEN NULL THEN 1 END", "write IS NULL",
            "a NOT IN ('x', NULL)", "write IS NULL",
            "a[0]", "[1] is the first",
            "string_split(a, ';')[0]", "[1] is the first",
            "substring(a, 0, 3)", "substring counts from 1",
            "split_part(a, ';', 0)", "split_part counts from 1",
            "list_extract([a], 0)", "list_extract counts from 1",
            "try_strptime(a, 'DD.MM.YYYY')", "'%d.%m.%Y %H:%M:%S'",
            "strptime(a, ['%d.%m.%Y', 'yyyy-MM-dd'])", "'%d.%m.%Y %H:%M:%S'",
            "strftime(DATE '2026-01-31', 'YYYY-MM')", "'%d.%m.%Y %H:%M:%S'",
            "strptime(a, '%H:%M %Z')", "write try_strptime",
            "strptime(a, ['%H:%M', '%%%Z'])", "a zone that it does not know",
            "a ~ 'x'", "at character 3, \"~ 'x'\": the operator ~",
            "a !~ 'x'", "regexp_matches(text, 'pattern')",
            "a ~* 'x'", "regexp_matches(text, 'pattern')",
            "a SIMILAR TO '%x%'", "at character 14, \"'%x%'\"",
            "a NOT SIMILAR TO 'x_'", "write LIKE",
            "a::decimal", "write decimal(18,4)",
            "CAST(a AS NUMERIC)", "write decimal(18,4)",
            "a::decimal ()", "write decimal(18,4)",
            "DECIMAL '1.23456'", "write decimal(18,4)",
            "date_part(a, TIME '12:00')", "has to be written, as 'year'",
            "date_trunc(lower(a), DATE '2026-01-31')", "has to be written, as 'year'",
            "date_diff(['year', a], DATE '2026-01-31', DATE '2026-02-01')", "has to be written",
            "json_value(a, '$.x')", "write json_extract_string",
            "[a]", "a column is written \"a\"");
  }

  @TestFactory
  Stream<DynamicTest> takesWhatLooksLikeIt() {
    return Stream.of(
            "a IS NULL",
            "CAST(a AS VARCHAR(255))",
            "a IS DISTINCT FROM NULL",
            "nullif(a, NULL)",
            "a[1]",
            "a[0:2]",
            "json_extract('[1]', '$')[0]",
            "('{\"x\": [[1]]}' -> '$.x')[0][0]",
            "substring(a, -3)",
            "list_concat([a], [b])[1]",
            "a !~~ 'x'",
            "a ~~~ 'x*'",
            "a NOT LIKE '%_%'",
            "a SIMILAR TO 'x|y' AND b LIKE '%x'",
            "regexp_full_match(a, '.*_%')",
            "try_strptime(a, ['%Y-%m-%d', '%d.%m.%Y'])",
            "strptime(a, '%H:%M%%Z')",
            "try_strptime(a, '%H:%M %Z')",
            "strftime(TIMESTAMP '2026-01-31 12:00:00', '%Z')",
            "CAST(a AS VARCHAR)",
            "a::decimal(18, 4)",
            "DECIMAL(18,4) '1.23456'",
            "date_part('year', DATE '2026-01-31')",
            "date_part(['year', 'month'], DATE '2026-01-31')::VARCHAR",
            "EXTRACT(year FROM DATE '2026-01-31')",
            "TRY_CAST(a AS numeric (9))")
        .map(
            expression ->
                HostileExpressions.test(
                    expression, () -> assertThat(expressions().run(expression)).isNotNull()));
  }

  @TestFactory
  Stream<DynamicTest> saysWhatToWriteInstead() {
    return expressions()
        .refused(
            "TO_DATE(a, 'DD.MM.YYYY')", "; write strptime(text, '%d.%m.%Y').",
            "sha2(a, 256)", "; write sha256(text).",
            "initcap(a)", "; write upper(left(a, 1)) || lower(substring(a, 2)).",
            "a & b", "; write a || b.",
            "CURRENT_DATE", "$_timestamp says when the row was read",
            "GETDATE()", "$_timestamp says when the row was read",
            "regexp_extract(a, r'@')", "only plain texts are allowed",
            "`a`", "a column's name stands in double quotes");
  }

  @TestFactory
  Stream<DynamicTest> saysThatColumnsAreTextWhereNumbersOrDatesAreMeant() {
    return expressions()
        .refused(
            "upper(b) || year(a)", "at character 13, \"year(a)\": No function matches",
            "year(a)", "Every column of this file is text in an expression",
            "a * b", "at character 3, \"* b\"",
            "a > 5", "Cannot compare values of type VARCHAR and type INTEGER_LITERAL. Every",
            "coalesce(a, 0)", "use CAST(column AS DOUBLE)");
  }

  @Test
  void whatItAdvisesAgainstIsNotAllowed() {
    List<String> foreign =
        OtherDialects.INSTEAD.values().stream()
            .flatMap(names -> Stream.of(names.split(" ")))
            .toList();

    assertThat(foreign).doesNotHaveDuplicates().doesNotContainAnyElementsOf(AllowedFunctions.ALL);
  }

  private static HostileExpressions expressions() {
    return new HostileExpressions(directory);
  }
}
