package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.odyssey.failure.TransientFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressMeterTest {
  private static final String ENDLESS =
      "CREATE TABLE t AS SELECT max(md5(i::text)) FROM range(3000000000) r(i)";

  @TempDir Path directory;
  private final ProgressMeter meter = new ProgressMeter();

  @Test
  void aRunningQueryIsSeenAndStopped() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults(), meter)) {
      meter.step("counting");
      var query = CompletableFuture.supplyAsync(() -> failureOf(engine));
      await().until(() -> meter.progress().rows() > 0);
      assertThat(meter.progress().step()).isEqualTo("counting");

      meter.stop();

      assertThat(query.join()).contains("Interrupted");
    }
  }

  @Test
  void afterAStopNothingBegins() throws Exception {
    try (Engine engine = Engine.open(directory, TransformSettings.defaults(), meter)) {
      meter.stop();

      assertThatThrownBy(() -> engine.run("SELECT 1")).isInstanceOf(TransientFailure.class);
      assertThatThrownBy(() -> meter.step("writing")).isInstanceOf(TransientFailure.class);
    }
  }

  private static String failureOf(Engine engine) {
    try {
      engine.run(ENDLESS);
      throw new AssertionError("an endless query ended");
    } catch (SQLException e) {
      return e.getMessage();
    }
  }
}
