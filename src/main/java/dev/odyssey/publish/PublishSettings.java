package dev.odyssey.publish;

import dev.odyssey.failure.Secret;
import dev.odyssey.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where snapshots go.
 *
 * @param endpoint the S3 API; {@code SUPABASE_URL/storage/v1/s3} where not set
 * @param sessionToken for Supabase's session credentials; empty for a key pair
 * @param readTimeout the longest wait for the next bytes of an answer
 * @param requestLimit the longest that sending one object or part may take, its answer included
 */
public record PublishSettings(
    URI endpoint,
    String region,
    String accessKeyId,
    Secret secretAccessKey,
    Optional<Secret> sessionToken,
    String bucket,
    Duration connectTimeout,
    Duration readTimeout,
    Duration requestLimit) {

  public static PublishSettings from(Settings settings) {
    settings.number(
        "UPLOAD_PART_BYTES", 5_242_880, 5_368_709_120L); // read by routes/publish-snapshot
    URI endpoint =
        settings
            .optional("S3_ENDPOINT")
            .map(url -> settings.httpUrl("S3_ENDPOINT", url))
            .orElseGet(() -> URI.create(settings.httpUrl("SUPABASE_URL") + "/storage/v1/s3"));
    return new PublishSettings(
        endpoint,
        settings.text("S3_REGION"),
        settings.text("S3_ACCESS_KEY_ID"),
        settings.secret("S3_SECRET_ACCESS_KEY"),
        settings.optionalSecret("S3_SESSION_TOKEN"),
        settings.text("STREAMS_BUCKET"),
        settings.millis("CONNECT_TIMEOUT_MS", 1, 600_000),
        settings.millis("READ_TIMEOUT_MS", 1, 3_600_000),
        settings.seconds("UPLOAD_TIMEOUT_SECONDS", 1, 86_400));
  }
}
