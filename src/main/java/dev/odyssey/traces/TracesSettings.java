package dev.odyssey.traces;

import dev.odyssey.failure.Secret;
import dev.odyssey.settings.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether jobs are traced and who is told.
 *
 * @param endpoint a collector that speaks OTLP over HTTP; {@code /v1/traces} is put behind it
 * @param headers sent with every request, such as a key
 * @param sampleRatio the share of the jobs that are traced; of those that a trace asked for, that
 *     trace decides
 * @param serviceName what this runner is called in traces
 */
public record TracesSettings(
    boolean enabled,
    URI endpoint,
    Map<String, Secret> headers,
    double sampleRatio,
    String serviceName) {
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110

  public static TracesSettings from(Settings settings) {
    return new TracesSettings(
        settings.flag("TRACES_ENABLED"),
        settings.httpUrl("OTEL_EXPORTER_OTLP_ENDPOINT"),
        headers(settings),
        settings.ratio("TRACES_SAMPLE_RATIO"),
        settings.text("OTEL_SERVICE_NAME"));
  }

  /** As OpenTelemetry writes them: {@code name=value,name=value}, each percent-encoded. */
  private static Map<String, Secret> headers(Settings settings) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    for (String header : settings.optional(HEADERS).orElse("").split(",", -1)) {
      int equals = header.indexOf('=');
      String name = header.substring(0, Math.max(0, equals)).strip();
      try {
        if (NAME.matcher(name).matches()) {
          headers.put(
              name,
              settings.secret(
                  HEADERS,
                  URLDecoder.decode(
                      header.substring(equals + 1).strip().replace("+", "%2B"),
                      StandardCharsets.UTF_8)));
        } else if (!header.isBlank()) {
          settings.problem(HEADERS, "must be name=value,name=value");
        }
      } catch (IllegalArgumentException e) {
        settings.problem(HEADERS, "must be percent-encoded");
      }
    }
    return headers;
  }
}
