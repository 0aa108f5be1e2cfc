package dev.odyssey.steps;

import dev.odyssey.failure.Failures;
import dev.odyssey.failure.Reason;
import dev.odyssey.source.SourceFile;
import dev.odyssey.steps.StepEnd.Outcome;
import dev.odyssey.transform.TransformResult;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for every step, at INFO; the one that ends an attempt which failed tells the failure and
 * its advice, at ERROR. Facts are key-value pairs, too. Stateless.
 */
public final class StepLog implements StepListener {
  private static final Logger LOG = LoggerFactory.getLogger(StepLog.class);

  private final Failures failures;

  /**
   * @param failures says what a failure means, without secrets
   */
  public StepLog(Failures failures) {
    this.failures = failures;
  }

  @Override
  public void ended(StepEnd step) {
    Ending ending = step.ending();
    LoggingEventBuilder line =
        LOG.atLevel(level(ending))
            .addKeyValue("step", step.name())
            .addKeyValue("outcome", StepEnd.word(step.outcome()))
            .addKeyValue("seconds", seconds(step.took()));
    if (ending != null) {
      line = line.addKeyValue("ending", StepEnd.word(ending.kind()));
    }
    if (ending != null && ending.failure() != null) {
      fail(line, ending);
      return;
    }
    line.log(
        "{} {} {} s{}",
        step.name(),
        step.outcome() == Outcome.COMPLETED ? "took" : StepEnd.word(step.outcome()) + " after",
        seconds(step.took()),
        ending == null
            ? left(step.left())
            : ": the attempt of %s s is %s"
                .formatted(seconds(ending.took()), StepEnd.word(ending.kind())));
  }

  /** In an outage of the database every step waits: that is told once, by others. */
  @Override
  public void triedAgain(StepRetry retry) {
    LOG.atLevel(Reason.of(retry.thrown()) == Reason.DATABASE ? Level.DEBUG : Level.WARN)
        .addKeyValue("step", retry.name())
        .addKeyValue("retry", retry.number())
        .log(
            "{} is tried again ({}): {}",
            retry.name(),
            retry.number(),
            failures.describe(retry.thrown()).message());
  }

  private static Level level(Ending ending) {
    if (ending == null) {
      return Level.INFO;
    }
    return switch (ending.kind()) {
      case RETRYING, DEAD_LETTERED, UNSETTLED -> Level.ERROR;
      case LOST -> Level.WARN;
      case COMPLETED, CANCELLED, INTERRUPTED, REFUSED -> Level.INFO;
    };
  }

  private static String left(Object left) {
    if (left instanceof SourceFile file) {
      return ": %d bytes".formatted(file.bytes());
    } else if (left instanceof TransformResult result) {
      return ": %d rows, %d inserted, %d updated, %d deleted, %d rejected"
          .formatted(
              result.processed(),
              result.inserted(),
              result.updated(),
              result.deleted(),
              result.rejected());
    } else if (left instanceof List<?> files) {
      return ": %d objects, %d bytes".formatted(files.size(), StepEnd.uploadedBytes(files));
    }
    return "";
  }

  private static void fail(LoggingEventBuilder line, Ending ending) {
    boolean defect = Reason.of(ending.thrown()) == Reason.UNEXPECTED;
    (defect ? line.setCause(ending.thrown()) : line)
        .addKeyValue("failedStep", ending.failedStep())
        .log(
            "{} failed, the run is {}: {} -- {}",
            ending.failedStep(),
            StepEnd.word(ending.kind()),
            ending.failure().message(),
            ending.failure().advice());
  }

  private static String seconds(Duration duration) {
    return "%.3f".formatted(duration.toMillis() / 1000.0);
  }
}
