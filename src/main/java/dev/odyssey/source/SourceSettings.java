package dev.odyssey.source;

import dev.odyssey.failure.Secret;
import dev.odyssey.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where source files come from.
 *
 * @param supabaseUrl the only origin that is ever sent {@code serviceRoleKey}
 * @param maxSourceBytes a larger source file is refused
 * @param downloadTimeLimit of one request; the next goes on where it stopped
 * @param fileSourceTypes values of {@code data_sources.type} that mean a file in Supabase Storage
 */
public record SourceSettings(
    URI supabaseUrl,
    Secret serviceRoleKey,
    long maxSourceBytes,
    Duration downloadTimeLimit,
    List<String> fileSourceTypes) {

  private static final Pattern TYPE = Pattern.compile("[^\\p{Lu}']+");

  public static SourceSettings from(Settings settings) {
    settings.millis("CONNECT_TIMEOUT_MS", 1, 600_000); // read by camel.component.http
    settings.millis("READ_TIMEOUT_MS", 1, 3_600_000);
    return new SourceSettings(
        settings.httpUrl("SUPABASE_URL"),
        settings.secret("SUPABASE_SERVICE_ROLE_KEY"),
        settings.number("MAX_SOURCE_BYTES", 1, Long.MAX_VALUE),
        settings.seconds("DOWNLOAD_TIMEOUT_SECONDS", 1, 604_800),
        types(settings));
  }

  /** A route compares them as they are with a type in small letters. */
  private static List<String> types(Settings settings) {
    List<String> types = settings.list("FILE_SOURCE_TYPES");
    if (types.isEmpty() || types.stream().anyMatch(type -> !TYPE.matcher(type).matches())) {
      settings.problem("FILE_SOURCE_TYPES", "must be words in small letters with commas between");
    }
    return types;
  }
}
