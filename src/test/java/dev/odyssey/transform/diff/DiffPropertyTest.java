package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Up to three syncs of any small tables whose columns come, go and change their types, with bad
 * values, NULL and shared keys, against {@link PlainDiff} and {@link PlainTypes}, which know no
 * SQL.
 */
class DiffPropertyTest {
  private static final List<String> NAMES = List.of("k", "l", "version", "x", "y");

  /**
   * @param types of the columns, null where one is not there
   * @param rows cells as they stand in the file, null where missing
   */
  record Sync(List<String> types, List<List<String>> rows) {
    Map<String, String> columns() {
      Map<String, String> columns = new LinkedHashMap<>();
      for (int i = 0; i < NAMES.size(); i++) {
        if (types.get(i) != null) {
          columns.put(NAMES.get(i), types.get(i));
        }
      }
      return columns;
    }

    String csv() {
      StringBuilder csv = new StringBuilder(String.join(",", columns().keySet())).append('\n');
      for (List<String> row : rows) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
          if (types.get(i) != null) {
            cells.add(row.get(i) == null ? "" : '"' + row.get(i) + '"');
          }
        }
        csv.append(String.join(",", cells)).append('\n');
      }
      return csv.toString();
    }

    /** As the types read them. */
    List<Map<String, String>> values() {
      List<Map<String, String>> values = new ArrayList<>();
      for (List<String> row : rows) {
        Map<String, String> read = new LinkedHashMap<>();
        columns()
            .forEach(
                (name, type) ->
                    read.put(name, PlainTypes.read(row.get(NAMES.indexOf(name)), type)));
        values.add(read);
      }
      return values;
    }

    /** In columns that are kept. */
    long badValues(Map<String, String> kept) {
      long bad = 0;
      for (List<String> row : rows) {
        for (Map.Entry<String, String> column : kept.entrySet()) {
          bad +=
              PlainTypes.isBad(row.get(NAMES.indexOf(column.getKey())), column.getValue()) ? 1 : 0;
        }
      }
      return bad;
    }
  }

  record Stream(int keys, boolean incremental, boolean cursor, String policy) {
    List<String> key() {
      return NAMES.subList(0, keys);
    }
  }

  @Property(tries = 30)
  void agreesWithAPlainDiff(@ForAll("streams") Stream stream, @ForAll("syncs") List<Sync> syncs)
      throws IOException {
    Path directory = Files.createTempDirectory("diffs-");
    try {
      PlainDiff plain =
          new PlainDiff(stream.key(), stream.incremental, stream.cursor ? "version" : null);
      Map<String, String> before = null;
      TransformResult last = null;
      for (int i = 0; i < syncs.size(); i++) {
        Sync sync = syncs.get(i);
        Instant now = Job.READ_AT.plusSeconds(i);
        Job job = job(directory, stream, sync.columns()).file(sync.csv());
        Job next = last == null ? job : job.after(last, now);
        if (before != null && stream.policy.equals("freeze") && !before.equals(sync.columns())) {
          assertThatThrownBy(next::run).isInstanceOf(PermanentFailure.class);
          continue;
        }
        last = next.run();
        Map<String, String> columns = kept(stream, before, sync.columns());
        retype(plain, before, columns);
        plain.sync(new ArrayList<>(columns.keySet()), only(columns, sync.values()), now);
        assertThat(described(last, columns)).isEqualTo(plain.described());
        assertThat(badValues(last)).isEqualTo(sync.badValues(columns));
        before = columns;
      }
    } finally {
      Folders.delete(directory);
    }
  }

  private static Job job(Path directory, Stream stream, Map<String, String> columns) {
    Job job =
        Job.in(directory)
            .schema(
                columns.entrySet().stream()
                    .map(column -> column.getKey() + " " + column.getValue())
                    .toArray(String[]::new))
            .key(stream.key().toArray(String[]::new))
            .config(
                "{'maxRejectRatio': 1, 'maxBadValueRatio': 1, 'schemaPolicy': '%s', 'csv': {'delimiter': ',', 'headerRows': 1}}"
                    .formatted(stream.policy))
            .stream("syncMode", stream.incremental ? "'incremental'" : "'full_refresh'");
    return stream.cursor ? job.stream("cursorField", "'version'") : job;
  }

  private static Map<String, String> kept(
      Stream stream, Map<String, String> before, Map<String, String> now) {
    Map<String, String> columns = new LinkedHashMap<>(now);
    if (before != null && stream.policy.equals("discard")) {
      columns.keySet().removeIf(name -> !before.containsKey(name));
    }
    return columns;
  }

  private static List<Map<String, String>> only(
      Map<String, String> columns, List<Map<String, String>> rows) {
    rows.forEach(row -> row.keySet().retainAll(columns.keySet()));
    return rows;
  }

  private static void retype(PlainDiff plain, Map<String, String> before, Map<String, String> now) {
    if (before != null) {
      now.forEach(
          (name, type) -> {
            String was = before.getOrDefault(name, type);
            plain.retype(
                name,
                value -> PlainTypes.compared(value, was, type),
                value -> PlainTypes.converted(value, was, type));
          });
    }
  }

  private static List<String> described(TransformResult result, Map<String, String> columns)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(PlainDiff.counts(result));
    List<String> names = columns.keySet().stream().sorted().toList();
    String shown =
        String.join(
            ", ", names.stream().map(name -> PlainTypes.shown(name, columns.get(name))).toList());
    String seconds = "epoch_us(\"$_last_updated\") // 1000000 - " + Job.READ_AT.getEpochSecond();
    Job.query(
            "SELECT \"$_operation\", %s, %s FROM '%s'".formatted(shown, seconds, result.snapshot()))
        .stream()
        .sorted()
        .forEach(row -> lines.add("live " + row));
    if (result.changes() != null) {
      Job.query("SELECT \"$_operation\", %s FROM '%s'".formatted(shown, result.changes())).stream()
          .sorted()
          .forEach(row -> lines.add("change " + row));
    }
    lines.addAll(rejects(result, names, columns));
    return lines;
  }

  private static List<String> rejects(
      TransformResult result, List<String> names, Map<String, String> columns) throws IOException {
    List<String> lines = new ArrayList<>();
    if (result.rejects() != null) {
      for (String raw : Job.query("SELECT raw FROM '" + result.rejects() + "'")) {
        JsonNode row = new ObjectMapper().readTree(raw);
        List<String> cells = new ArrayList<>();
        for (String name : names) {
          JsonNode cell = row.path(name);
          cells.add(cell.isNull() ? "~" : PlainTypes.canonical(cell.asText(), columns.get(name)));
        }
        lines.add("reject " + String.join("|", cells));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static long badValues(TransformResult result) {
    long bad = 0;
    for (JsonNode column : result.details().path("badValues")) {
      bad += column.path("count").asLong();
    }
    return bad;
  }

  @Provide
  Arbitrary<Stream> streams() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false),
            Arbitraries.frequency(
                Tuple.of(6, "evolve"), Tuple.of(2, "discard"), Tuple.of(1, "freeze")))
        .as(Stream::new);
  }

  @Provide
  Arbitrary<List<Sync>> syncs() {
    Arbitrary<String> type =
        Arbitraries.of("text", "integer", "decimal(10,2)", "number", "date").injectNull(0.15);
    Arbitrary<List<String>> types =
        Combinators.combine(Arbitraries.of("integer", "text"), type, type)
            .as((version, x, y) -> java.util.Arrays.asList("text", "integer", "integer", x, y));
    Arbitrary<String> cell =
        Arbitraries.of("5", "05", "12", "1.5", "1.50", "-0.25", "x", "", "2026-01-02", "true")
            .injectNull(0.1);
    Arbitrary<List<String>> row =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d", "").injectNull(0.1),
                Arbitraries.of("1", "01", "2", "bad").injectNull(0.05),
                Arbitraries.of("1", "2", "10", "bad").injectNull(0.1),
                cell,
                cell)
            .as((k, l, version, x, y) -> java.util.Arrays.asList(k, l, version, x, y));
    return Combinators.combine(types, row.list().ofMaxSize(9))
        .as(Sync::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(3);
  }
}
