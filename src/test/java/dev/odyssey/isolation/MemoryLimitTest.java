package dev.odyssey.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.TransformSettings;
import org.junit.jupiter.api.Test;

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
