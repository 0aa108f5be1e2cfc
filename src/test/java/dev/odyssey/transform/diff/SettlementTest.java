package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.snapshot.ParquetSizes;
import dev.odyssey.transform.snapshot.Previous;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementTest {
  private static final Map<String, String> COLUMNS = Map.of("id", "BIGINT");

  private static final String ONE = "0123456789abcdeffedcba9876543210";

  /** Computed from {@link #ONE}: each step of the engine's hash of a text can be undone. */
  private static final String OTHER = "0123456789abcdefbf4e4f47kq2+j])2";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0, 1, true",
    Settlement.MAX_FOOTER_BYTES + ", 1, true",
    Settlement.MAX_FOOTER_BYTES + ", 1, false",
    Settlement.MAX_FOOTER_BYTES + ", 3, false"
  })
  void givesTheSameRowsWhoeverPutsTheColumnsTogetherAndInHoweverManySlices(
      int maxFooterBytes, int slices, boolean mayFit) throws Exception {
    Path rows =
        write("rows", "SELECT range + 3 AS id, 'ref ' || range AS \"$_ref\" FROM range(300000)");
    Path previous = previous("range AS id, 'ref ' || range - 3 AS \"$_ref\"", "range(200003)");
    Comparison comparison = comparison(previous, 200_003, List.of("id"));

    Path settled = settle(comparison, rows, 300_000, new Slices(slices, mayFit), maxFooterBytes);

    assertThat(
            Job.query(
                """
                SELECT "$_operation", min(id), max(id), count(*), any_value("$_timestamp"), max("$_last_updated")
                FROM '%s' GROUP BY 1 ORDER BY 1"""
                    .formatted(settled)))
        .containsExactly(
            "INSERT|200003|300002|100000|2026-03-04T05:06:07.123456Z|2026-03-04T05:06:07.123456Z",
            "NO_CHANGE|3|200002|200000|2026-03-04T05:06:07.123456Z|2025-01-01T00:00Z");
    assertThat(Job.query("SELECT count(*) FROM '" + settled + "' WHERE id <> file_row_number + 3"))
        .containsExactly("0");
  }

  /** Rows without a key are matched by a hash of their references. */
  @ParameterizedTest
  @CsvSource({
    "ONE, OTHER, INSERT",
    "ONE OTHER, ONE OTHER, NO_CHANGE NO_CHANGE",
    "ONE OTHER, OTHER, NO_CHANGE"
  })
  void referencesThatShareAHashAreNotTakenForOne(String before, String now, String operations)
      throws Exception {
    assertThat(Job.query("SELECT hash('%s') = hash('%s')".formatted(ONE, OTHER)))
        .containsExactly("true");
    Path rows = write("rows", "SELECT 1 AS id, unnest(%s) AS \"$_ref\"".formatted(references(now)));
    Path previous =
        previous("1 AS id, unnest(%s) AS \"$_ref\"".formatted(references(before)), "range(1)");
    Comparison comparison = comparison(previous, before.split(" ").length, List.of());

    Path settled =
        settle(
            comparison,
            rows,
            now.split(" ").length,
            new Slices(1, true),
            Settlement.MAX_FOOTER_BYTES);

    assertThat(Job.query("SELECT \"$_operation\" FROM '" + settled + "'"))
        .containsExactly(operations.split(" "));
  }

  private static String references(String names) {
    return names
        .replace("ONE", "'" + ONE + "'")
        .replace("OTHER", "'" + OTHER + "'")
        .replace(" ", ", ")
        .transform("[%s]"::formatted);
  }

  private Path settle(
      Comparison comparison, Path rows, long read, Slices slices, int maxFooterBytes)
      throws Exception {
    Path settled = directory.resolve("settled.parquet");
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      engine.run("CREATE TEMP TABLE key_rejects (\"$_row\" BIGINT)");
      engine.view("previous_rows", "as in a transform", comparison.previousRows());
      engine.view(
          "staged",
          "as in a transform",
          "SELECT *, file_row_number AS \"$_row\" FROM '" + rows + "'");
      Copies copies = new Copies(engine, comparison.snapshot());
      new Settlement(engine, comparison, slices, copies, false, maxFooterBytes)
          .write(rows, read, settled);
    }
    return settled;
  }

  private Path previous(String columns, String from) {
    return write(
        "previous",
        """
        SELECT %s, 'SNAPSHOT' AS "$_operation",
          TIMESTAMPTZ '2026-01-01 00:00:00+00' AS "$_timestamp", TIMESTAMPTZ '2025-01-01 00:00:00+00' AS "$_last_updated"
        FROM %s"""
            .formatted(columns, from));
  }

  private Comparison comparison(Path previous, long rows, List<String> key) {
    TransformRequest request =
        new TransformRequest(
            new UUID(0, 1),
            new UUID(0, 2),
            NullNode.instance,
            null,
            previous,
            directory,
            Job.READ_AT);
    return Comparison.of(
        new Snapshot(
            request, "1", COLUMNS, key, TransformSettings.RefHash.V1, ParquetSizes.of(1 << 20, 4)),
        new Previous(List.of(previous), COLUMNS, key, "1", rows),
        Drift.between(COLUMNS, COLUMNS),
        Map.of(),
        key);
  }

  private Path write(String name, String select) {
    Path file = directory.resolve(name + ".parquet");
    Job.query("COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(select, file));
    return file;
  }
}
