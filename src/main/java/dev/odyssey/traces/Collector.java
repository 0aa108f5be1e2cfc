package dev.odyssey.traces;

import dev.odyssey.failure.Complaint;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends spans by OTLP over HTTP; a collector that does not take them is told of once. */
final class Collector implements SpanExporter {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

  /** Held, so that its level stays: it would print the same line for every try, past our log. */
  private static final Logger TALKATIVE = Logger.getLogger("io.opentelemetry.exporter");

  private final SpanExporter exporter;
  private final Complaint complaint;

  Collector(TracesSettings settings) {
    TALKATIVE.setLevel(Level.OFF);
    var builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint() + "/v1/traces")
            .setCompression("gzip")
            .setConnectTimeout(LONGEST_REQUEST)
            .setTimeout(LONGEST_REQUEST);
    settings.headers().forEach((name, value) -> builder.addHeader(name, value.value()));
    this.exporter = builder.build();
    this.complaint = new Complaint("Traces at " + settings.endpoint());
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (result.isSuccess()) {
            complaint.withdraw();
          } else {
            complaint.make(why(result.getFailureThrowable()));
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static String why(Throwable thrown) {
    Throwable cause = thrown == null || thrown.getCause() == null ? thrown : thrown.getCause();
    return cause == null ? "for a reason it does not tell" : cause.toString();
  }
}
