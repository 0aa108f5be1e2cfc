package dev.odyssey.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.database.Outages;
import dev.odyssey.queue.Job;
import dev.odyssey.queue.Jobs;
import dev.odyssey.queue.Places;
import dev.odyssey.queue.QueueSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;

/**
 * The route claim-jobs by itself: a claim of two jobs, which take both places, handed over to an
 * end that only looks.
 */
class ClaimJobsRouteTest extends CamelTestSupport {
  /** By which RouteMetrics times the route. */
  private static final String CLOCK = "odyssey.route.began.claim-jobs";

  private static final List<Map<String, Object>> CLAIMED = List.of(row(1), row(2));

  /** Holds whatever it is given. */
  public static final class FakeLeases {
    public String tokens() {
      return "{}";
    }

    public String runner() {
      return "here";
    }

    public Instant now() {
      return Instant.EPOCH;
    }

    public void hold(Instant asked, Job job) {}
  }

  @Override
  public void configureTest(TestExecutionConfiguration test) {
    super.configureTest(test);
    test.withUseAdviceWith(true);
  }

  @Override
  public void configureContext(CamelContextConfiguration context) {
    super.configureContext(context);
    Properties settings = new Properties();
    settings.put("POLL_INTERVAL_MS", "3600000");
    settings.put("VISIBILITY_TIMEOUT_SECONDS", "300");
    settings.put("MAX_CONCURRENT_JOBS", "2");
    settings.put("MAX_CONCURRENT_JOBS_PER_TENANT", "0");
    settings.put("MAX_CRASHES", "3");
    context.withUseOverridePropertiesWithPropertiesComponent(settings);
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    var settings = new QueueSettings(2, 2, Duration.ofMinutes(5), 3, Duration.ZERO, Duration.ZERO);
    context.getRegistry().bind("places", new Places(settings));
    context.getRegistry().bind("outages", new Outages(Clock.systemUTC()));
    context.getRegistry().bind("leases", new FakeLeases());
    context.getRegistry().bind("jobs", new Jobs());
    Resource routes =
        ResourceHelper.resolveMandatoryResource(
            context, Path.of("routes/poll-queue.camel.yaml").toUri().toString());
    PluginHelper.getRoutesLoader(context).loadRoutes(routes);
    return context;
  }

  @Test
  void jobsGetNothingOfTheJobThatAskedForThem() throws Exception {
    AdviceWith.adviceWith(
        context,
        "claim-jobs",
        advice -> {
          advice.weaveById("call-claim-jobs").replace().setBody(exchange -> CLAIMED);
          advice.weaveById("hand-over").replace().to("mock:process-job");
        });
    context.getRouteDefinition("poll-queue").autoStartup(false);
    MockEndpoint handedOver = getMockEndpoint("mock:process-job");
    handedOver.expectedMessageCount(2);
    context.start();

    template.send(
        "seda:claim-jobs?size=1",
        asking -> {
          asking.setVariable("attempt", "of another job");
          asking.setProperty(Exchange.FATAL_FALLBACK_ERROR_HANDLER, new ArrayDeque<>());
          asking.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException());
          asking.setProperty("odyssey.course", "of another job");
          asking.setProperty(CLOCK, "of this route");
          asking.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, 2);
        });

    handedOver.assertIsSatisfied();
    for (Exchange job : handedOver.getExchanges()) {
      assertThat(job.getVariable("job", Job.class).streamName()).startsWith("orders");
      assertThat(job.getVariable("attempt")).isNull();
      assertThat(job.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isNull();
      assertThat(job.getAllProperties())
          .doesNotContainKeys(
              Exchange.FATAL_FALLBACK_ERROR_HANDLER, Exchange.EXCEPTION_CAUGHT, "odyssey.course")
          .containsKey(CLOCK);
    }
  }

  private static Map<String, Object> row(int number) {
    return Map.of("token", UUID.randomUUID(), "msg_id", number, "stream_name", "orders " + number);
  }
}
