package dev.odyssey.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measurements of one size: every round runs each variant once, in turn. */
final class Rounds {
  private final long rows;
  private final Map<Variant, List<Measurement>> measured = new EnumMap<>(Variant.class);

  private Rounds(long rows) {
    this.rows = rows;
  }

  static Rounds run(Processes processes, long rows, int repeats, List<Variant> variants)
      throws IOException, InterruptedException {
    Rounds rounds = new Rounds(rows);
    processes.prepare(rows);
    for (int round = 0; round < repeats; round++) {
      for (Variant variant : variants) {
        rounds
            .measured
            .computeIfAbsent(variant, v -> new ArrayList<>())
            .add(processes.run(variant, rows));
      }
    }
    return rounds;
  }

  boolean have(Variant... variants) {
    return measured.keySet().containsAll(List.of(variants));
  }

  double seconds(Variant variant) {
    return Medians.of(measured.get(variant), Measurement::seconds);
  }

  /** The median of the rounds' own ratios, so that a slow minute of the machine hits both sides. */
  double ratio(Variant variant, Variant to) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < measured.get(variant).size(); round++) {
      ratios.add(
          measured.get(variant).get(round).seconds() / measured.get(to).get(round).seconds());
    }
    return Medians.of(ratios, Double::doubleValue);
  }

  double peakMib(Variant variant) {
    return measured.get(variant).stream().mapToLong(Measurement::peakKib).max().orElseThrow()
        / 1024.0;
  }

  void print(PrintStream out) {
    out.printf(
        "%n%,d rows%n%-8s %9s %9s %9s %9s %9s%n",
        rows, "variant", "median s", "least s", "most s", "cpu s", "MiB");
    measured.forEach(
        (variant, runs) ->
            out.printf(
                Locale.ROOT,
                "%-8s %9.2f %9.2f %9.2f %9.2f %9.0f%n",
                variant.title(),
                seconds(variant),
                runs.stream().mapToDouble(Measurement::seconds).min().orElseThrow(),
                runs.stream().mapToDouble(Measurement::seconds).max().orElseThrow(),
                Medians.of(runs, Measurement::cpuSeconds),
                peakMib(variant)));
  }
}
