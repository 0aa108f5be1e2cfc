package dev.odyssey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Counts;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that have been synced before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondSyncTest {
  private Sandbox sandbox;
  private SandboxRunner runner;

  @BeforeAll
  void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of("MAX_OBJECT_BYTES", "1000000"));
  }

  @AfterAll
  void stop() throws Exception {
    try {
      runner.close();
    } finally {
      sandbox.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatChanged(Sample sample) throws Exception {
    sandbox.installSamples(1);
    Run first = runner.sync(sample.streamId());
    assertThat(first.status()).as(first.errorMessage()).isEqualTo("completed");
    sandbox.installSamples(2);

    Run second = runner.sync(sample.streamId());

    Counts counts = sample.counts(2);
    assertThat(second.status()).as(second.errorMessage()).isEqualTo("completed");
    assertThat(second.processed()).isEqualTo(counts.processed());
    assertThat(second.inserted()).isEqualTo(counts.inserted());
    assertThat(second.updated()).isEqualTo(counts.updated());
    assertThat(second.deleted()).isEqualTo(counts.deleted());
    assertThat(details(second).path("unchanged").asLong()).isEqualTo(counts.unchanged());
    assertThat(totalRows(sample.streamId())).isEqualTo(counts.total());
    assertThat(pointer(sample.streamId())).isEqualTo(second.parquetPath());
    assertThat(second.parquetPath().endsWith("/"))
        .as("in parts")
        .isEqualTo(sample == Sample.READINGS);
    String changes =
        "%s/%s/%s.changes.parquet".formatted(sample.tenantId(), sample.streamId(), second.id());
    assertThat(sandbox.rows(changes))
        .hasSize((int) (counts.inserted() + counts.updated() + counts.deleted()));

    Run third = runner.sync(sample.streamId());

    assertThat(third.inserted() + third.updated() + third.deleted()).isZero();
    assertThat(third.processed()).isEqualTo(counts.total());
    assertThat(third.parquetPath()).isEqualTo(second.parquetPath());
    assertThat(details(third).path("skipped").asText()).contains("not changed");
  }

  @Test
  void transformsNothingWhereOnlyTheTimeOfTheFileChanged() throws Exception {
    sandbox.installSamples(1);
    Sample sample = Sample.INVOICES;
    Run first = runner.sync(sample.streamId());
    Path file = sandbox.storageFolder().resolve(sample.object());
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

    Run second = runner.sync(sample.streamId());

    assertThat(second.parquetPath()).isEqualTo(first.parquetPath());
    assertThat(details(second).has("skipped")).isTrue();
  }

  @Test
  void startsAgainWhereTheLastSnapshotIsGone() throws Exception {
    sandbox.installSamples(1);
    Sample sample = Sample.CUSTOMERS;
    Run first = runner.sync(sample.streamId());
    sandbox.s3().client().deleteObject(o -> o.bucket("streams").key(first.parquetPath()));
    sandbox.installSamples(2);

    Run second = runner.sync(sample.streamId());

    assertThat(second.status()).as(second.errorMessage()).isEqualTo("completed");
    assertThat(second.inserted()).isEqualTo(second.processed());
    assertThat(details(second).path("lastSnapshot").asText()).contains("not in the bucket");
  }

  @Test
  void anUnchangedSourceIsReadAgainWhereItsSnapshotIsGone() throws Exception {
    sandbox.installSamples(1);
    Sample sample = Sample.PRODUCTS;
    Run first = runner.sync(sample.streamId());
    sandbox.s3().client().deleteObject(o -> o.bucket("streams").key(first.parquetPath()));

    Run second = runner.sync(sample.streamId());

    assertThat(second.status()).as(second.errorMessage()).isEqualTo("completed");
    assertThat(details(second).has("skipped")).isFalse();
    assertThat(sandbox.rows(pointer(sample.streamId()))).hasSize((int) second.processed());
  }

  private static JsonNode details(Run run) throws Exception {
    return new ObjectMapper().readTree(run.errorDetails());
  }

  private long totalRows(UUID stream) throws Exception {
    return Long.parseLong(state(stream, "total_rows"));
  }

  private String pointer(UUID stream) throws Exception {
    return state(stream, "last_snapshot_path");
  }

  private String state(UUID stream, String column) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "select " + column + " from data_sync_state where data_stream_id = ?")) {
      statement.setObject(1, stream);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
