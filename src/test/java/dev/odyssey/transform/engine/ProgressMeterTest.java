package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.settings.Settings;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.csv.CsvDetector;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.SourceFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressMeterTest {
  private static final String LONG =
      "SELECT max(md5(repeat(n, 1000))) FROM read_csv('%s', all_varchar = true)";

  @TempDir Path directory;
  private final ProgressMeter meter = new ProgressMeter();

  @Test
  void aRunningQueryIsSeenAndStopped() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults(), meter)) {
      Path file = directory.resolve("numbers.csv");
      engine.run("COPY (SELECT i AS n FROM range(3000000) r(i)) TO '%s'".formatted(file));
      meter.step("counting");
      var query = CompletableFuture.supplyAsync(() -> failureOf(engine, LONG.formatted(file)));
      await().atMost(Duration.ofSeconds(60)).until(() -> meter.progress().rows() > 0);
      assertThat(meter.progress().step()).isEqualTo("counting");

      meter.stop();

      assertThat(query.join()).contains("Interrupted");
    }
  }

  @Test
  void aTextsRowsAreThoseOfTheFileAsFarAsItIsRead() throws Exception {
    Path file = directory.resolve("numbers.csv");
    CsvOptions options = CsvOptions.of(new SourceOptions("s", MissingNode.getInstance()));
    try (Engine engine = Engine.open(directory, TransformSettings.defaults(), meter)) {
      engine.run("COPY (SELECT i AS n FROM range(3000000) r(i)) TO '%s'".formatted(file));
      SourceFile source =
          SourceFile.csv(CsvText.of(file, new CsvDetector(options, List.of())), "numbers.csv");
      meter.reads(SourceFile.bytes(List.of(source)), SourceFile.rows(List.of(source)));
      var query = CompletableFuture.supplyAsync(() -> failureOf(engine, LONG.formatted(file)));

      await().atMost(Duration.ofSeconds(60)).until(() -> meter.progress().percent() > 1);

      assertThat(meter.progress().rows()).isBetween(30_000L, 6_000_000L);
      meter.stop();
      query.join();
    }
  }

  @Test
  void whatARunningQueryHoldsAndSpillsIsSeen() throws Exception {
    try (Engine engine = Engine.open(directory, small(), meter)) {
      var query =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  engine.run(
                      "CREATE TEMP TABLE t AS SELECT i, md5(i::VARCHAR) m FROM range(4000000) r(i)"
                          + " ORDER BY m");
                  return "ended";
                } catch (SQLException e) {
                  return e.getMessage();
                }
              });

      await().atMost(Duration.ofSeconds(60)).until(() -> meter.progress().memoryBytes() > 1 << 20);
      await().atMost(Duration.ofSeconds(60)).until(() -> meter.progress().spilledBytes() > 1 << 20);

      meter.stop();
      query.join();
    }
    assertThat(meter.progress().memoryBytes()).isZero();
  }

  private static TransformSettings small() {
    var environment = new HashMap<String, String>();
    environment.put("DUCKDB_MEMORY_LIMIT", "100MB");
    return TransformSettings.from(
        new Settings(Settings.load(Path.of("application.properties"), environment)::get));
  }

  @Test
  void afterAStopNothingBegins() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults(), meter)) {
      meter.stop();

      assertThatThrownBy(() -> engine.run("SELECT 1")).isInstanceOf(TransientFailure.class);
      assertThatThrownBy(() -> meter.step("writing")).isInstanceOf(TransientFailure.class);
    }
  }

  private static String failureOf(Engine engine, String sql) {
    try {
      engine.run(sql);
      throw new AssertionError("the query ended");
    } catch (SQLException e) {
      return e.getMessage();
    }
  }
}
