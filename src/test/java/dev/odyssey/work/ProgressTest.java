package dev.odyssey.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void whateverAProcessSaysTheDatabaseCanTakeIt() {
    String step = "read" + (char) 0 + "ing " + (char) 0xd83d + "!";

    Progress progress = new Progress(step + "x".repeat(1000), Double.NaN, 1, 2);

    assertThat(progress.step()).startsWith("read ing  !").hasSize(200);
    assertThat(progress.percent()).isZero();
    assertThat(new Progress(null, 1, 1, 2).step()).isEmpty();
  }
}
