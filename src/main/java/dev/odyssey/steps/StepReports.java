package dev.odyssey.steps;

import dev.odyssey.queue.Job;
import dev.odyssey.queue.Reports;
import dev.odyssey.steps.StepEnd.Outcome;
import java.time.Instant;
import java.util.Set;

/** Keeps how long the steps of each attempt take, for the web page. Thread-safe. */
public final class StepReports implements StepListener {
  /** They end an attempt, and tell the database of the others. */
  private static final Set<String> ENDS = Set.of("retry-run", "dead-letter-run", "interrupt-run");

  private final Reports reports;

  public StepReports(Reports reports) {
    this.reports = reports;
  }

  @Override
  public void began(String name, Job job, Instant at) {
    if (!ENDS.contains(name)) {
      reports.stepBegins(job, name, at);
    }
  }

  @Override
  public void ended(StepEnd step) {
    if (!step.name().equals(StepEnd.WAIT)) { // that never began here, and another step is under way
      reports.stepEnds(step.job(), step.took(), step.outcome() == Outcome.COMPLETED);
    }
  }
}
