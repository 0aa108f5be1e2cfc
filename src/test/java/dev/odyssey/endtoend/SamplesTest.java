package dev.odyssey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void everySampleIsPublishedRecordedAndAcknowledged() throws Exception {
    try (var sandbox = Sandbox.throwAway()) {
      sandbox.installSamples(1);
      var runs = new EnumMap<Sample, UUID>(Sample.class);
      for (Sample sample : Sample.values()) {
        runs.put(sample, sandbox.enqueue(sample.streamId()));
      }

      try (var runner = SandboxRunner.start(sandbox, Map.of())) {
        runs.forEach((sample, run) -> assertPublished(sandbox, sample, runner.over(run)));
      }

      assertThat(count(sandbox, "pgmq.q_stream_sync_jobs")).isZero();
      assertThat(count(sandbox, "pgmq.q_stream_sync_jobs_dlq")).isZero();
      assertThat(filesIn(Path.of(sandbox.settings().get("WORK_DIR")))).isEmpty();
    }
  }

  private static void assertPublished(Sandbox sandbox, Sample sample, Run run) {
    assertThat(run.status()).as("%s: %s", sample, run.errorMessage()).isEqualTo("completed");
    assertThat(run.inserted()).as(sample.name()).isEqualTo(sample.counts(1).inserted());
    assertThat(run.processed()).isEqualTo(run.inserted());
    String key = "%s/%s/%s.parquet".formatted(sample.tenantId(), sample.streamId(), run.id());
    assertThat(run.parquetPath()).isEqualTo(key);

    List<Map<String, Object>> rows = sandbox.rows(key);
    assertThat(rows).hasSize((int) run.inserted());
    assertThat(rows.get(0).keySet().stream().filter(column -> column.startsWith("$_")))
        .containsExactly("$_ref", "$_operation", "$_timestamp", "$_last_updated");
  }

  private static long count(Sandbox sandbox, String table) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }
}
