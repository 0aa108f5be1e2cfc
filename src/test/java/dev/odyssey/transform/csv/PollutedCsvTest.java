package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small files with the dirt of real exports, and the tables that a reader would see in them: {@code
 * csv/polluted.txt}, whose head says how it is written.
 */
class PollutedCsvTest {
  @TempDir Path directory;

  /**
   * @param told what the case says of itself: config, encoding, schema, rejects, bad, fails
   * @param table header and rows as {@link Job#rows} shows them
   */
  record Case(String name, Map<String, String> told, String file, List<String> table) {
    @Override
    public String toString() {
      return name;
    }

    byte[] bytes() {
      String encoding = told.getOrDefault("encoding", "utf-8");
      String mark = encoding.endsWith("-bom") ? "\ufeff" : "";
      return (mark + file).getBytes(Charset.forName(encoding.replace("-bom", "")));
    }

    String[] schema() {
      return told.containsKey("schema") ? told.get("schema").split("; ") : new String[0];
    }

    int count(String what) {
      return Integer.parseInt(told.getOrDefault(what, "0"));
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = PollutedCsvTest.class.getResourceAsStream("/csv/polluted.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(all.split("(?m)^=== ")).skip(1).map(PollutedCsvTest::parse);
    }
  }

  private static Case parse(String text) {
    String[] parts = text.split("(?m)^---\n", 3);
    List<String> head = parts[0].lines().toList();
    Map<String, String> told = new LinkedHashMap<>();
    for (String line : head.subList(1, head.size())) {
      told.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
    }
    return new Case(
        head.get(0), told, signs(parts[1]), parts[2].lines().map(PollutedCsvTest::signs).toList());
  }

  /** Pictures of control signs become what they show; ETX and the line end after it are nothing. */
  private static String signs(String text) {
    StringBuilder plain = new StringBuilder();
    text.replace("␃\n", "")
        .codePoints()
        .map(c -> c >= 0x2400 && c < 0x2420 ? c - 0x2400 : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatAPersonWould(Case polluted) {
    Job job =
        Job.in(directory)
            .file(polluted.bytes())
            .config(polluted.told.getOrDefault("config", "{}"))
            .schema(polluted.schema());

    if (polluted.told.containsKey("fails")) {
      assertThatThrownBy(job::run)
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining(polluted.told.get("fails"));
      return;
    }
    TransformResult result = job.run();

    assertThat(table(result)).isEqualTo(polluted.table);
    assertThat(result.rejected()).isEqualTo(polluted.count("rejects"));
    assertThat(badValues(result)).isEqualTo(polluted.count("bad"));
  }

  private static List<String> table(TransformResult result) {
    List<String> columns =
        result.columns().stream()
            .map(SnapshotColumn::name)
            .filter(name -> !name.startsWith("$_"))
            .toList();
    List<String> table = new ArrayList<>();
    table.add(String.join("|", columns));
    table.addAll(
        Job.rows(result, String.join(", ", columns.stream().map(Sql::identifier).toList())));
    return table;
  }

  private static int badValues(TransformResult result) {
    int bad = 0;
    for (JsonNode column : result.details().path("badValues")) {
      bad += column.path("count").asInt();
    }
    return bad;
  }
}
