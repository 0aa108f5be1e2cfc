package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chains of syncs over random tables with dirty keys, NULLs, copies and changing columns, against
 * {@link PlainDiff}, which knows no SQL. A seed that fails is a test to keep.
 */
class GeneratedDiffTest {
  private static final int CHAINS = 8;
  private static final int SYNCS = 4;
  private static final List<String> VALUES =
      List.of("", "", "a", "b", "a|b", "b|a", "0", "00", "ä", "a,b");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by key",
        "by two keys",
        "by key, incremental",
        "without a key",
        "without a key, incremental"
      })
  void agreesWithAPlainDiff(String kind) {
    for (int seed = 1; seed <= CHAINS; seed++) {
      Random random = new Random(seed);
      List<String> key =
          kind.startsWith("by two")
              ? List.of("k", "l")
              : kind.startsWith("by") ? List.of("k") : List.of();
      boolean incremental = kind.endsWith("incremental");
      PlainDiff plain = new PlainDiff(key, incremental);
      TransformResult last = null;
      for (int sync = 0; sync < SYNCS; sync++) {
        List<String> columns = columns(random);
        List<Map<String, String>> rows = rows(random, columns);
        Instant now = Job.READ_AT.plusSeconds(sync);
        Job job = job(key, incremental, columns).file(csv(columns, rows));
        last = (last == null ? job : job.after(last, now)).run();
        plain.sync(columns, rows, now);
        assertThat(described(last, columns))
            .as("%s, seed %d, sync %d", kind, seed, sync)
            .isEqualTo(plain.described());
      }
    }
  }

  private Job job(List<String> key, boolean incremental, List<String> columns) {
    return Job.in(directory)
        .schema(columns.stream().map(c -> c + " text").toArray(String[]::new))
        .key(key.toArray(String[]::new))
        .config("{'maxRejectRatio': 1}")
        .stream("cursorField", "'version'")
        .stream("syncMode", incremental ? "'incremental'" : "'full_refresh'");
  }

  /** The keys always, the others mostly, in any order. */
  private static List<String> columns(Random random) {
    List<String> columns = new ArrayList<>(List.of("k", "l"));
    for (String column : List.of("version", "x", "y", "z")) {
      if (random.nextInt(8) > 0) {
        columns.add(random.nextInt(columns.size() + 1), column);
      }
    }
    return columns;
  }

  private static List<Map<String, String>> rows(Random random, List<String> columns) {
    List<Map<String, String>> rows = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Map<String, String> row = new java.util.LinkedHashMap<>();
      for (String column : columns) {
        row.put(column, value(random, column));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String value(Random random, String column) {
    if (random.nextInt(12) == 0) {
      return null;
    }
    return switch (column) {
      case "k" -> "k" + random.nextInt(8);
      case "l" -> "l" + random.nextInt(2);
      case "version" -> "" + random.nextInt(3);
      default -> random.nextInt(3) > 0 ? "same" : VALUES.get(random.nextInt(VALUES.size()));
    };
  }

  private static String csv(List<String> columns, List<Map<String, String>> rows) {
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append('\n');
    for (Map<String, String> row : rows) {
      List<String> cells = new ArrayList<>();
      row.values().forEach(value -> cells.add(value == null ? "" : '"' + value + '"'));
      csv.append(String.join(",", cells)).append('\n');
    }
    return csv.toString();
  }

  /** Counts, live rows and changes, sorted, as {@link PlainDiff#described} tells them. */
  private static List<String> described(TransformResult result, List<String> columns) {
    List<String> lines = new ArrayList<>();
    lines.add(PlainDiff.counts(result));
    String shown =
        columns.stream().sorted().map(Sql::identifier).reduce((a, b) -> a + ", " + b).orElseThrow();
    String seconds = "epoch_us(\"$_last_updated\") // 1000000 - " + Job.READ_AT.getEpochSecond();
    Job.query(
            "SELECT \"$_operation\", "
                + shown
                + ", "
                + seconds
                + " FROM '"
                + result.snapshot()
                + "'")
        .stream()
        .sorted()
        .forEach(row -> lines.add("live " + row));
    if (result.changes() != null) {
      Job.query("SELECT \"$_operation\", " + shown + " FROM '" + result.changes() + "'").stream()
          .sorted()
          .forEach(row -> lines.add("change " + row));
    }
    if (result.rejects() != null) {
      Job.query(
              "SELECT %s FROM (SELECT unnest(from_json(raw, '%s')) FROM '%s')"
                  .formatted(shown, structure(columns), result.rejects()))
          .stream()
          .sorted()
          .forEach(row -> lines.add("reject " + row));
    }
    return lines;
  }

  private static String structure(List<String> columns) {
    return columns.stream()
        .map("\"%s\": \"VARCHAR\""::formatted)
        .reduce((a, b) -> a + ", " + b)
        .map(fields -> "{" + fields + "}")
        .orElseThrow();
  }
}
