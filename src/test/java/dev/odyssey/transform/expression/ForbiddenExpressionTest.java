package dev.odyssey.transform.expression;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Expressions that reach beyond the row, or hide what they do. */
class ForbiddenExpressionTest {
  @TempDir static Path directory;

  @TestFactory
  Stream<DynamicTest> refusesWhatReachesBeyondTheRow() {
    return expressions()
        .refused(
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
            "a, b", "at character 4, \"b\": it is more than one expression",
            "DISTINCT a", "more than one expression: no DISTINCT",
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
    return expressions()
        .refused(
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
    return expressions()
        .refused(
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
            "a::GEOMETRY", "a cast to",
            "timezone(a, TIMESTAMP '2026-01-01')", "must be a constant",
            "nothing", "no column \"nothing\"",
            "\"A \"\" OR 1\"", "no column \"A \" OR 1\"");
  }

  @TestFactory
  Stream<DynamicTest> refusesTricksWithTheText() {
    return expressions()
        .refused(
            "a -- comment", "a comment is not allowed",
            "a /* comment */", "a comment is not allowed",
            "a /* /* nested */ */", "a comment is not allowed",
            "'x' --' || (SELECT 1)", "a comment is not allowed",
            "E'\\' || (SELECT 1) --'", "only plain texts are allowed",
            "e'\\x41'", "only plain texts are allowed",
            "U&'\\0041'", "only plain texts are allowed",
            "u&\"d\\0061t\"", "only plain texts are allowed",
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

  private static HostileExpressions expressions() {
    return new HostileExpressions(directory);
  }
}
