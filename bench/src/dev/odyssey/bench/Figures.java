package dev.odyssey.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The figures of {@code bench/transform}, with the bounds that the project has set itself. */
public final class Figures {
  /** What is measured at two sizes. */
  static final List<Variant> GROWING = List.of(Variant.FIRST, Variant.RESYNC);

  private Figures() {}

  /** Those whose variants were run. */
  static List<Figure> of(Rounds rounds) {
    List<Figure> figures = new ArrayList<>();
    if (rounds.have(Variant.FIRST, Variant.COPY)) {
      double ratio = rounds.ratio(Variant.FIRST, Variant.COPY);
      figures.add(Figure.atMost("first_sync_vs_copy", ratio, 1.8, 1.4));
    }
    if (rounds.have(Variant.RESYNC, Variant.COPY)) {
      double ratio = rounds.ratio(Variant.RESYNC, Variant.COPY);
      figures.add(Figure.atMost("resync_vs_copy", ratio, 3.0, 2.0));
    }
    if (rounds.have(Variant.SAME, Variant.COPY)) {
      double ratio = rounds.ratio(Variant.SAME, Variant.COPY);
      figures.add(Figure.atMost("same_vs_copy", ratio, 2.5, 1.6));
    }
    if (rounds.have(Variant.NAIVE, Variant.RESYNC)) {
      double ratio = rounds.ratio(Variant.NAIVE, Variant.RESYNC);
      figures.add(Figure.atLeast("naive_vs_ours", ratio, 3, 5));
    }
    return figures;
  }

  /** How much longer ten times the rows take; the worse of the two. */
  static Figure growth(Rounds small, Rounds large) {
    double growth =
        GROWING.stream()
            .mapToDouble(variant -> large.seconds(variant) / small.seconds(variant))
            .max()
            .orElseThrow();
    return Figure.atMost("growth_10x", growth, 11, 10);
  }

  static Figure peak(Rounds rounds) {
    double peak =
        GROWING.stream().filter(rounds::have).mapToDouble(rounds::peakMib).max().orElseThrow();
    return Figure.atMost("peak_rss_mib", peak, 900, 700);
  }

  /** Prints every figure; returns whether a bound is missed. */
  public static boolean report(List<Figure> figures, PrintStream out) {
    out.println();
    figures.forEach(figure -> figure.print(out));
    out.println();
    figures.forEach(figure -> out.printf("%-20s %s%n", figure.name(), figure.verdict()));
    return figures.stream().anyMatch(Figure::missed);
  }
}
