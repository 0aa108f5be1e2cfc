package dev.odyssey.traces;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A job's trace has the id of its run, without the dashes, so that all its attempts, on whatever
 * runner, are in one, and whoever knows the run finds it. For the same reason the run decides
 * whether it is traced. Thread-safe.
 */
final class TraceIds implements IdGenerator, Sampler {
  private static final ThreadLocal<UUID> RUN = new ThreadLocal<>();

  private final double ratio;

  /**
   * @param ratio the share of the runs that are traced
   */
  TraceIds(double ratio) {
    this.ratio = ratio;
  }

  /** A trace that begins in this work is this run's. */
  <T> T of(UUID runId, Supplier<T> work) {
    RUN.set(runId);
    try {
      return work.get();
    } finally {
      RUN.remove();
    }
  }

  @Override
  public String generateTraceId() {
    UUID id = RUN.get();
    return id == null
        ? IdGenerator.random().generateTraceId()
        : TraceId.fromLongs(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  @Override
  public String generateSpanId() {
    return IdGenerator.random().generateSpanId();
  }

  /** The bits of a run's id are not all random, so they are mixed first. */
  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    long seed =
        Long.parseUnsignedLong(traceId, 0, 16, 16) ^ Long.parseUnsignedLong(traceId, 16, 32, 16);
    return new SplittableRandom(seed).nextDouble() < ratio
        ? SamplingResult.recordAndSample()
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "ShareOfRuns{%s}".formatted(ratio);
  }
}
