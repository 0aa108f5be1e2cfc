package dev.odyssey.traces;

import dev.odyssey.queue.Attempt;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepListener;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.Closeable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One trace for each job: a span for every attempt, below it one for each step. It goes on in the
 * trace that asked for the job, where the message names one.
 *
 * <p>No job waits for a collector: spans are kept and sent in the background, and dropped where
 * they become too many. Thread-safe.
 */
public final class JobTraces implements StepListener, Closeable {
  private static final Duration SEND_EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
  private static final TextMapGetter<Map<String, String>> FIELDS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> fields) {
          return fields.keySet();
        }

        @Override
        public String get(Map<String, String> fields, String name) {
          return fields.get(name);
        }
      };

  private final TraceIds traceIds;
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Map<UUID, AttemptSpans> underWay = new ConcurrentHashMap<>();

  /**
   * @param runner names this process among its like
   */
  public JobTraces(TracesSettings settings, String runner) {
    this.traceIds = new TraceIds(settings.sampleRatio());
    Attributes service =
        Attributes.builder()
            .put("service.name", settings.serviceName())
            .put("service.instance.id", runner)
            .build();
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(traceIds)
            .setSampler(Sampler.parentBased(traceIds))
            .setResource(Resource.getDefault().merge(Resource.create(service)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new Collector(settings))
                    .setScheduleDelay(SEND_EVERY)
                    .build())
            .build();
    this.tracer = provider.get("dev.odyssey");
  }

  /** An attempt that was not granted is somebody else's, and no trace. */
  @Override
  public void ended(StepEnd step) {
    if (step.attempt() == null) {
      return;
    }
    UUID token = step.job().token();
    AttemptSpans spans = underWay.computeIfAbsent(token, first -> begin(step));
    spans.add(step);
    if (step.ending() != null) {
      underWay.remove(token);
      spans.end(step.ending(), step.began().plus(step.took()));
    }
  }

  private AttemptSpans begin(StepEnd first) {
    Attributes whose = Facts.of(first.attempt());
    var span =
        tracer
            .spanBuilder("process-job")
            .setSpanKind(SpanKind.CONSUMER)
            .setParent(asker(first.attempt()))
            .setStartTimestamp(first.began())
            .setAllAttributes(whose);
    Span begun = traceIds.of(first.job().runId(), span::startSpan);
    return new AttemptSpans(tracer, begun, whose);
  }

  /** What is no W3C trace context counts as none. */
  private static Context asker(Attempt attempt) {
    Map<String, String> fields = new HashMap<>();
    if (attempt.traceContext() != null) {
      fields.put("traceparent", attempt.traceContext().traceparent());
      fields.put("tracestate", attempt.traceContext().tracestate());
    }
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), fields, FIELDS);
  }

  /** Sends what is left, for a short while. */
  @Override
  public void close() {
    provider.shutdown().join(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
