package dev.odyssey.bench.crash;

import dev.odyssey.bench.Figure;
import dev.odyssey.bench.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The table of step and fault, and the figures that tell whether all is well. */
final class Report {
  private final PrintStream out;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> lostAtTheEnd = new ArrayList<>();
  private final List<String> wrongAtTheEnd = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  void add(Outcome outcome) {
    outcomes.add(outcome);
    out.printf(
        Locale.ROOT,
        "%4d %-26s %s%s%n",
        outcomes.size(),
        outcome.of(),
        outcome.isGood() ? "ok" : String.join("; ", outcome.remarks()),
        outcome.recovery().isPresent()
            ? String.format(Locale.ROOT, ", %.2f s", outcome.recovery().getAsDouble())
            : "");
  }

  /** Another run's cases. */
  void add(Part part) {
    part.lines().forEach(line -> outcomes.add(line.outcome()));
    lostAtTheEnd.addAll(part.lost());
    wrongAtTheEnd.addAll(part.wrong());
  }

  /**
   * What a last look found.
   *
   * @param leftObjects of the bucket
   */
  void end(Inspection last, List<String> leftObjects) {
    lostAtTheEnd.addAll(last.lost);
    wrongAtTheEnd.addAll(last.wrong);
    leftObjects.forEach(key -> wrongAtTheEnd.add("left in the bucket: " + key));
  }

  Part part() {
    return new Part(outcomes.stream().map(Part.Line::of).toList(), lostAtTheEnd, wrongAtTheEnd);
  }

  /**
   * @return whether nothing was lost, duplicated or wrong
   */
  boolean print() {
    out.println(
        "\n| step | fault | cases | lost | duplicated | wrong | recovery p50, s | max, s |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Step step : Step.values()) {
      for (Fault fault : Fault.values()) {
        printRow(new Case(step, fault));
      }
    }
    out.println();
    lostAtTheEnd.forEach(out::println);
    wrongAtTheEnd.forEach(out::println);
    int lost = sum(outcomes, Outcome::lost) + lostAtTheEnd.size();
    int duplicated = sum(outcomes, Outcome::duplicated);
    int wrong = sum(outcomes, Outcome::wrong) + wrongAtTheEnd.size();
    out.println("RESULT crash_cases " + outcomes.size());
    out.println("RESULT crash_lost " + lost);
    out.println("RESULT crash_duplicated " + duplicated);
    out.println("RESULT crash_wrong " + wrong);
    printRecovery();
    return lost + duplicated + wrong == 0;
  }

  private void printRow(Case cell) {
    List<Outcome> of = outcomes.stream().filter(o -> o.of().equals(cell)).toList();
    if (of.isEmpty()) {
      return;
    }
    List<Double> recoveries = recoveries(of);
    out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %d | %d | %s | %s |%n",
        cell.step().title(),
        cell.fault().title(),
        of.size(),
        sum(of, Outcome::lost),
        sum(of, Outcome::duplicated),
        sum(of, Outcome::wrong),
        text(recoveries, 0.5),
        text(recoveries, 1));
  }

  /** Of kills: the promise is the visibility timeout and two polls; a busy machine adds its own. */
  private void printRecovery() {
    List<Double> kills =
        recoveries(
            outcomes.stream()
                .filter(o -> o.of().fault() == Fault.KILL && o.of().step() != Step.RANDOM)
                .toList());
    if (!kills.isEmpty()) {
      double promise =
          (Matrix.VISIBILITY_TIMEOUT.toMillis() + 2 * Matrix.POLL_INTERVAL.toMillis()) / 1000.0;
      Figures.report(
          List.of(
              Figure.atMost("kill_recovery_p50_s", at(kills, 0.5), promise + 3, promise),
              Figure.atMost("kill_recovery_max_s", at(kills, 1), promise + 3, promise)),
          out);
    }
  }

  private static List<Double> recoveries(List<Outcome> of) {
    return of.stream().flatMap(outcome -> outcome.recovery().stream().boxed()).sorted().toList();
  }

  private static int sum(List<Outcome> of, Function<Outcome, List<String>> findings) {
    return of.stream().mapToInt(outcome -> findings.apply(outcome).size()).sum();
  }

  private static double at(List<Double> ascending, double share) {
    return ascending.get((int) (share * (ascending.size() - 1)));
  }

  private static String text(List<Double> ascending, double share) {
    return ascending.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", at(ascending, share));
  }
}
