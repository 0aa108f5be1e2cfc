package dev.odyssey.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.ProgressMeter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {

  @Test
  void isTheHeapTheEnginesAndAQuarterMoreAndWhatAJvmNeeds() {
    assertThat(MemoryLimit.kib(256, engine("1GiB", 2))).isEqualTo((256 + 512 + 1280 + 32) * 1024L);
    assertThat(MemoryLimit.kib(256, engine("512MB", 1))).isEqualTo((256 + 512 + 610 + 16) * 1024L);
    assertThat(MemoryLimit.kib(64, engine(" 1.5 gb", 1))).isEqualTo((64 + 512 + 1788 + 16) * 1024L);
  }

  @Test
  void isNoneWhereTheEnginesIsAShare() {
    assertThat(MemoryLimit.kib(256, engine("80%", 2))).isZero();
  }

  @Test
  void atItAChildFailsItsJobAloneAndTheNextJobIsDone(@TempDir Path home, @TempDir Path job)
      throws Exception {
    var progress = new ProgressMeter();
    try (var transforms =
        new IsolatedTransform(
            home.resolve("children"), Work.settings(), TransformSettings.defaults())) {
      transforms.run(Work.small(job), progress);
      Processes.limitMemory(Processes.children().get(0), 8 << 20);
      var lengthy = Work.lengthy(job);

      TransientFailure failure =
          catchThrowableOfType(TransientFailure.class, () -> transforms.run(lengthy, progress));

      // the engine is refused memory and says so, or the JVM is, and dies
      assertThat(failure.advice()).contains("memory");
      assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
    }
  }

  @Test
  void whatAWideJobTookIsThereForTheNext(@TempDir Path home, @TempDir Path job) throws Exception {
    var progress = new ProgressMeter();
    try (var transforms =
        new IsolatedTransform(
            home.resolve("children"), Work.settings(), TransformSettings.defaults())) {
      transforms.run(Work.small(job), progress);
      long child = Processes.children().get(0);
      long before = Processes.written(child);

      transforms.run(Work.wide(job, 1_000), progress);

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> assertThat(Processes.written(child)).isLessThan(before + (300 << 20)));
    }
  }

  /** What a text of another form would need was set aside for each column: two megabytes. */
  @Test
  void hundredsOfTypedColumnsFitIntoLittleMemory(@TempDir Path home, @TempDir Path job)
      throws Exception {
    TransformResult result = run(home, engine("256MB", 1), Work.typed(job, 600, 1));

    assertThat(result.inserted()).isEqualTo(1);
  }

  /** What is set aside for each column is so for each thread. */
  @Test
  void whereManyColumnsDoNotFitForSeveralThreadsOneDoesTheJob(@TempDir Path home, @TempDir Path job)
      throws Exception {
    TransformResult result = run(home, engine("700MB", 8), Work.typed(job, 1_010, 8_000));

    assertThat(result.inserted()).isEqualTo(8_000);
  }

  private static TransformResult run(Path home, TransformSettings engine, TransformRequest request)
      throws Exception {
    try (var transforms =
        new IsolatedTransform(home.resolve("children"), Work.settings(), engine)) {
      return transforms.run(request, new ProgressMeter());
    }
  }

  private static TransformSettings engine(String memory, int threads) {
    TransformSettings s = TransformSettings.defaults();
    return new TransformSettings(
        memory,
        threads,
        s.tempLimit(),
        s.maxSourceBytes(),
        s.refHash(),
        s.maxBadValueRatio(),
        s.maxRejectRatio());
  }
}
