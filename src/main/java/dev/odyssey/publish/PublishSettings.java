package dev.odyssey.publish;

import dev.odyssey.settings.Secret;
import dev.odyssey.settings.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * Where snapshots go.
 *
 * @param endpoint the S3 API; {@code SUPABASE_URL/storage/v1/s3} where not set
 * @param sessionToken for Supabase's session credentials; empty for a key pair
 */
public record PublishSettings(
    URI endpoint,
    String region,
    String accessKeyId,
    Secret secretAccessKey,
    Optional<Secret> sessionToken,
    String bucket) {

  public static PublishSettings from(Settings settings) {
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
        settings.optional("S3_SESSION_TOKEN").map(Secret::new),
        settings.text("STREAMS_BUCKET"));
  }
}
