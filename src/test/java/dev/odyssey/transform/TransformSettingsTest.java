package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransformSettingsTest {
  private static final long GIB = 1L << 30;

  @Test
  void sharesHalfOfTheMemoryAmongTheJobs() {
    assertThat(TransformSettings.memoryLimit("auto", GIB, 1)).isEqualTo("512MiB");
    assertThat(TransformSettings.memoryLimit("auto", 16 * GIB, 4)).isEqualTo("2048MiB");
    assertThat(TransformSettings.memoryLimit("auto", GIB, 100)).isEqualTo("128MiB");
    assertThat(TransformSettings.memoryLimit("2GB", GIB, 1)).isEqualTo("2GB");
  }

  @Test
  void mayFillHalfOfTheFreeDisk() {
    TransformSettings d = TransformSettings.defaults();
    TransformSettings auto =
        new TransformSettings("1GB", 2, "auto", d.maxSourceBytes(), d.refHash(), 0.5, 0.5);

    assertThat(auto.tempLimit(10 * GIB)).isEqualTo("5120MiB");
    assertThat(d.tempLimit(10 * GIB)).isEqualTo("20GB");
  }

  @Test
  void takesOneThreadForLittleAndElseAllThatItMay() {
    TransformSettings settings = TransformSettings.defaults();

    assertThat(settings.forBytes(10_000).threads()).isEqualTo(1);
    assertThat(settings.forBytes(10_000).memoryLimit()).isEqualTo(settings.memoryLimit());
    assertThat(settings.forBytes(2 << 20)).isEqualTo(settings);
  }
}
