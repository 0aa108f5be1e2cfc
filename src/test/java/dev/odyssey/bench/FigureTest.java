package dev.odyssey.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void isMissedBeyondItsBound() {
    assertThat(Figure.atMost("resync_vs_copy", 3.1, 3, 2).verdict()).startsWith("MISSED");
    assertThat(Figure.atLeast("naive_vs_ours", 2.9, 3, 5).verdict()).startsWith("MISSED");
  }

  @Test
  void tellsBoundFromAim() {
    assertThat(Figure.atMost("resync_vs_copy", 3, 3, 2).verdict())
        .contains("short of the aim of 2");
    assertThat(Figure.atMost("resync_vs_copy", 2, 3, 2).verdict()).contains("reaches the aim");
    assertThat(Figure.atLeast("naive_vs_ours", 4, 3, 5).verdict())
        .contains("short of the aim of 5");
  }

  @Test
  void oneMissIsEnoughToFailACheck() {
    var out = new PrintStream(OutputStream.nullOutputStream());
    Figure good = Figure.atMost("first_sync_vs_copy", 1, 1.8, 1.4);
    Figure bad = Figure.atMost("resync_vs_copy", 4, 3, 2);

    assertThat(Figures.report(List.of(good), out)).isFalse();
    assertThat(Figures.report(List.of(good, bad), out)).isTrue();
  }

  @Test
  void mediansIgnoreOneDisturbedRun() {
    assertThat(Medians.of(List.of(1.0, 9.0, 2.0), Double::doubleValue)).isEqualTo(2);
    assertThat(Medians.of(List.of(1.0, 2.0), Double::doubleValue)).isEqualTo(1.5);
  }
}
