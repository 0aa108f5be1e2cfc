package dev.odyssey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class SandboxTest {

  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.throwAway();
    sandbox.installSamples(1);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void queuesASampleForTheRunner() throws Exception {
    UUID run = sandbox.enqueue(Sample.CUSTOMERS.streamId());

    assertThat(sandbox.run(run).status()).isEqualTo("pending");
    assertThat(sandbox.run(run).isOver()).isFalse();
    assertThat(asRunner("select stream_name from odyssey.claim_jobs(5, 30)"))
        .containsExactly("customers");
  }

  @Test
  void givesTheRunnersLoginNothingButItsFunctions() {
    assertThatThrownBy(() -> asRunner("select name from public.data_streams"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void installsSamplesOverThemselves() throws Exception {
    sandbox.installSamples(2);
    sandbox.installSamples(1);

    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var counts =
            statement.executeQuery(
                "select (select count(*) from data_streams), (select count(*) from data_mappings),"
                    + " (select count(distinct tenant_id) from data_streams)")) {
      counts.next();
      assertThat(counts.getInt(1)).isEqualTo(5);
      assertThat(counts.getInt(2)).isEqualTo(3);
      assertThat(counts.getInt(3)).isEqualTo(2);
    }
  }

  @Test
  void readsRowsOfAPublishedObject() {
    Path parquet = sandbox.storageFolder().resolve(Sample.PRODUCTS.object());
    sandbox
        .s3()
        .client()
        .putObject(
            object -> object.bucket("streams").key("a/b.parquet"), RequestBody.fromFile(parquet));

    assertThat(sandbox.rows("a/b.parquet")).hasSize(300);
    assertThat(sandbox.rows("a/b.parquet").get(0)).containsEntry("sku", "SKU-0001");
  }

  @Test
  void tellsTheRunnerWhereEverythingIs() {
    assertThat(sandbox.settings())
        .containsKeys("DATABASE_URL", "SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "S3_ENDPOINT")
        .containsEntry("STREAMS_BUCKET", "streams");
  }

  private static List<String> asRunner(String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + sandbox.database().port() + "/postgres";
    try (var connection = DriverManager.getConnection(url, "odyssey_runner", "any");
        var statement =
            connection.prepareStatement("select array_agg(x::text) from (" + sql + ") as r(x)");
        var rows = statement.executeQuery()) {
      rows.next();
      return Arrays.asList((String[]) rows.getArray(1).getArray());
    }
  }
}
