package dev.odyssey.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceIdsTest {

  @Test
  void theShareIsKeptAndEveryRunnerDecidesAlike() {
    List<String> runs =
        IntStream.range(0, 4000)
            .mapToObj(n -> UUID.nameUUIDFromBytes(new byte[] {(byte) n, (byte) (n >> 8)}))
            .map(id -> id.toString().replace("-", ""))
            .toList();

    List<String> traced = runs.stream().filter(id -> isTraced(0.3, id)).toList();

    assertThat(traced.size() / 4000.0).isCloseTo(0.3, within(0.04));
    assertThat(traced).allMatch(id -> isTraced(0.3, id)).allMatch(id -> isTraced(0.5, id));
    assertThat(runs).noneMatch(id -> isTraced(0, id)).allMatch(id -> isTraced(1, id));
  }

  @Test
  void aTraceThatBeginsForNoRunHasAnIdOfItsOwn() {
    var ids = new TraceIds(1);

    assertThat(TraceId.isValid(ids.generateTraceId())).isTrue();
    assertThat(ids.generateTraceId()).isNotEqualTo(ids.generateTraceId());
  }

  private static boolean isTraced(double ratio, String traceId) {
    return new TraceIds(ratio)
            .shouldSample(
                Context.root(), traceId, "", SpanKind.CONSUMER, Attributes.empty(), List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }
}
