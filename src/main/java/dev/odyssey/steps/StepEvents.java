package dev.odyssey.steps;

import dev.odyssey.cancellation.Cancellation;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.queue.Attempt;
import dev.odyssey.queue.Job;
import dev.odyssey.queue.JobContext;
import dev.odyssey.steps.StepEnd.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that sees the steps of jobs: every route that process-job calls is one, and each
 * that ends an attempt. Listeners hear of it when it is over; meanwhile its thread logs in the
 * context of its job.
 *
 * <p>Routes and beans do not know, so that a step which somebody adds to the route files is seen,
 * too. Thread-safe; one for all Camel contexts of a runner.
 */
public final class StepEvents implements ExchangeEvents.Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(StepEvents.class);
  private static final String COURSE = "odyssey.course";
  private static final String MAIN = "process-job";

  /** What decides how to end an attempt; the end itself is a step. */
  private static final Set<String> FAILURE_POLICY = Set.of("fail-run", "end-attempt");

  /** The variables in which steps leave what others want to know. */
  private static final Map<String, String> LEFT =
      Map.of(
          "download-source", "source",
          "transform-source", "result",
          "publish-snapshot", "uploads");

  private final Cancellations cancellations;
  private final Clock clock;
  private final List<StepListener> listeners;

  /**
   * @param listeners are told in this order
   */
  public StepEvents(Cancellations cancellations, Clock clock, List<StepListener> listeners) {
    this.cancellations = cancellations;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
  }

  /** Watches a Camel context from now on, before it has routes. */
  public void watch(CamelContext context) {
    context.addRoutePolicyFactory((owner, routeId, route) -> watcher(routeId));
    context.getManagementStrategy().addEventNotifier(new ExchangeEvents(this));
  }

  @Override
  public void over(Exchange exchange) {
    if (MAIN.equals(exchange.getFromRouteId())) {
      JobContext.leave();
    }
  }

  @Override
  public void redelivered(Exchange exchange, int number) {
    Course course = course(exchange);
    if (course != null) {
      Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
      String name = course.step() == null ? MAIN : course.step();
      var retry = new StepRetry(name, course.job(), number, thrown);
      tell(name, listener -> listener.triedAgain(retry));
    }
  }

  private RoutePolicy watcher(String routeId) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route route, Exchange exchange) {
        entered(routeId, exchange);
      }

      @Override
      public void onExchangeDone(Route route, Exchange exchange) {
        left(routeId, exchange);
      }
    };
  }

  private void entered(String route, Exchange exchange) {
    Course course = course(exchange);
    if (route.equals(MAIN)) {
      Job job = exchange.getVariable("job", Job.class);
      exchange.setProperty(COURSE, new Course(job, clock.instant()));
      JobContext.enter(job);
    } else if (course == null) {
      return; // no job's
    } else if (!FAILURE_POLICY.contains(route)) {
      begin(course, route);
    } else if (course.failedStep() == null) {
      course.fail(MAIN, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
      end(course, exchange, stop(course).isPresent() ? Outcome.STOPPED : Outcome.FAILED);
    }
  }

  /** What a step calls is no step of its own. */
  private void begin(Course course, String route) {
    if (course.step() == null) {
      Instant now = clock.instant();
      course.enter(route, now);
      tell(route, listener -> listener.began(route, course.job(), now));
    }
  }

  private void left(String route, Exchange exchange) {
    Course course = course(exchange);
    if (course != null && route.equals(course.step())) {
      end(course, exchange, exchange.isFailed() ? Outcome.FAILED : Outcome.COMPLETED);
    }
  }

  private void end(Course course, Exchange exchange, Outcome outcome) {
    if (course.step() == null) {
      return; // it failed between two steps
    }
    Instant now = clock.instant();
    Attempt attempt = exchange.getVariable("attempt", Attempt.class);
    if (attempt != null && !attempt.granted()) {
      attempt = null;
    }
    if (attempt != null && course.step().equals("begin-attempt")) {
      JobContext.enter(attempt);
      tellWait(course.job(), attempt, now);
    }
    String left = outcome == Outcome.COMPLETED ? LEFT.get(course.step()) : null;
    Ending ending = Endings.of(course, exchange, outcome, course.tookUntil(now), stop(course));
    tell(
        course.end(
            now, attempt, outcome, left == null ? null : exchange.getVariable(left), ending));
  }

  /** An earlier attempt's time is no waiting. */
  private void tellWait(Job job, Attempt attempt, Instant now) {
    if (attempt.number() == 1 && job.queuedAt() != null && job.queuedAt().isBefore(now)) {
      tell(
          new StepEnd(
              StepEnd.WAIT,
              job,
              attempt,
              job.queuedAt(),
              Duration.between(job.queuedAt(), now),
              Outcome.COMPLETED,
              null,
              null));
    }
  }

  private void tell(StepEnd step) {
    tell(step.name(), listener -> listener.ended(step));
  }

  private void tell(String step, Consumer<StepListener> news) {
    for (StepListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.warn("What became of step {} could not be told to {}", step, listener, e);
      }
    }
  }

  private Optional<Cancellation.Reason> stop(Course course) {
    return cancellations.of(course.job().token()).reason();
  }

  /** Null where the exchange is no job's; an exchange that a job's one begot is none. */
  private static Course course(Exchange exchange) {
    return MAIN.equals(exchange.getFromRouteId())
        ? exchange.getProperty(COURSE, Course.class)
        : null;
  }
}
