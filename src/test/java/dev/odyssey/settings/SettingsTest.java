package dev.odyssey.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.console.ConsoleSettings;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.failure.Secret;
import dev.odyssey.health.HealthSettings;
import dev.odyssey.housekeeping.HousekeepingSettings;
import dev.odyssey.isolation.IsolationSettings;
import dev.odyssey.lineage.LineageSettings;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.queue.QueueSettings;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.traces.TracesSettings;
import dev.odyssey.transform.TransformSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "DATABASE_URL", "postgres://runner:s3cret@db.example:6543/app",
          "SUPABASE_URL", "https://project.supabase.co/",
          "SUPABASE_SERVICE_ROLE_KEY", "service-key",
          "S3_ACCESS_KEY_ID", "key-id",
          "S3_SECRET_ACCESS_KEY", "secret-key");

  @TempDir Path directory;

  @Test
  void theNamesAndDefaultsOfToday() {
    Settings settings = withEnvironment(REQUIRED);

    assertThat(QueueSettings.from(settings))
        .isEqualTo(
            new QueueSettings(
                5, 2, Duration.ofSeconds(300), 3, Duration.ofSeconds(30), Duration.ofSeconds(900)));
    assertThat(HealthSettings.from(settings))
        .isEqualTo(new HealthSettings(true, 8080, Duration.ofSeconds(2)));
    assertThat(settings.millis("POLL_INTERVAL_MS", 0, 10_000)).isEqualTo(Duration.ofSeconds(5));
    assertThat(TransformSettings.from(settings).memoryLimit()).matches("\\d+MiB");
    assertThat(SourceSettings.from(settings).fileSourceTypes()).contains("file", "csv", "parquet");
    assertThat(IsolationSettings.from(settings))
        .isEqualTo(
            new IsolationSettings(
                true, 256, Duration.ofHours(4), Duration.ofMinutes(1), 214_748_364_800L, 1000, 2));
    assertThat(HousekeepingSettings.from(settings))
        .isEqualTo(new HousekeepingSettings(2, 30, Duration.ofHours(1), 90, Duration.ofDays(1)));
    assertThat(PublishSettings.from(settings))
        .extracting(
            PublishSettings::connectTimeout,
            PublishSettings::readTimeout,
            PublishSettings::requestLimit)
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10));
    settings.verify();
  }

  @Test
  void s3IsSupabasesOwnUnlessToldOtherwise() {
    Settings settings = withEnvironment(REQUIRED);

    PublishSettings publish = PublishSettings.from(settings);

    assertThat(publish.endpoint()).hasToString("https://project.supabase.co/storage/v1/s3");
    assertThat(publish.bucket()).isEqualTo("streams");
  }

  @Test
  void everyWrongSettingIsNamedAtOnce() {
    var environment = new HashMap<>(REQUIRED);
    environment.put("BATCH_SIZE", "many");
    environment.put("MAX_CONCURRENT_JOBS", "-1");
    environment.put("STEP_RETRIES", "-1");
    environment.put("MAX_CRASHES", Character.toString(0x0663)); // three, in Arabic
    environment.put("STEP_RETRY_DELAY_MS", "1s");
    environment.put("RETRY_DELAY_SECONDS", "901");
    environment.put("FILE_SOURCE_TYPES", "file,CSV");
    environment.put("SUPABASE_URL", "ftp://project");
    environment.put("HEALTH_CHECK_ENABLED", "perhaps");
    environment.put("DATABASE_URL", "mysql://runner:s3cret@db/app");
    Settings settings = withEnvironment(environment);

    QueueSettings.from(settings);
    SourceSettings.from(settings);
    HealthSettings.from(settings);
    DatabaseSettings.from(settings);

    assertThatThrownBy(settings::verify)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("BATCH_SIZE must be a whole number from 1 to 1000, is 'many'")
        .hasMessageContaining("MAX_CONCURRENT_JOBS must be")
        .hasMessageContaining("STEP_RETRIES must be a whole number from 0 to 100, is '-1'")
        .hasMessageContaining("STEP_RETRY_DELAY_MS must be a whole number")
        .hasMessageContaining("MAX_CRASHES must be a whole number from 1 to 100")
        .hasMessageContaining("MAX_RETRY_DELAY_SECONDS must be no less than RETRY_DELAY_SECONDS")
        .hasMessageContaining("FILE_SOURCE_TYPES must be words in small letters")
        .hasMessageContaining("SUPABASE_URL must be a URL")
        .hasMessageContaining("HEALTH_CHECK_ENABLED must be true or false")
        .hasMessageContaining("DATABASE_URL")
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1MB", "63.9 mb", "60MiB", "1KB"})
  void aMemoryLimitWithWhichTheEngineReadsNothingIsAProblem(String limit) {
    var environment = new HashMap<>(REQUIRED);
    environment.put("DUCKDB_MEMORY_LIMIT", limit);
    Settings settings = withEnvironment(environment);

    TransformSettings.from(settings);

    assertThatThrownBy(settings::verify)
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("DUCKDB_MEMORY_LIMIT must be at least 64MB, is '" + limit + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64MB", "62MiB", "1.5GB", "1TiB", "auto"})
  void aMemoryLimitThatSufficesForLittleIsTaken(String limit) {
    var environment = new HashMap<>(REQUIRED);
    environment.put("DUCKDB_MEMORY_LIMIT", limit);
    Settings settings = withEnvironment(environment);

    TransformSettings.from(settings);

    settings.verify();
  }

  @Test
  void everySecretIsListedForWhoeverMustBlankIt() {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    Settings.load(Path.of("application.properties"), Map.of()).keySet().stream()
        .filter(name -> name.matches(".*(PASSWORD|TOKEN|_KEY)"))
        .forEach(name -> environment.put(name, "s3cret of " + name));
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "x-key=s3cret%20header,x-other=more");
    Settings settings = withEnvironment(environment);

    DatabaseSettings.from(settings);
    SourceSettings.from(settings);
    PublishSettings.from(settings);
    ConsoleSettings.from(settings);
    TracesSettings.from(settings);
    LineageSettings.from(settings);

    assertThat(settings.secrets())
        .extracting(Secret::value)
        .containsExactlyInAnyOrder(
            "s3cret",
            "s3cret of SUPABASE_SERVICE_ROLE_KEY",
            "s3cret of S3_SECRET_ACCESS_KEY",
            "s3cret of S3_SESSION_TOKEN",
            "s3cret of DASHBOARD_PASSWORD",
            "s3cret header",
            "more",
            "s3cret of LINEAGE_API_KEY");
  }

  @Test
  void aStartWithoutDatabaseIsAnError() {
    var environment = new HashMap<>(REQUIRED);
    environment.remove("DATABASE_URL");
    Settings settings = withEnvironment(environment);

    DatabaseSettings.from(settings);

    assertThatThrownBy(settings::verify).hasMessageContaining("DATABASE_URL is not set");
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheFileOverTheDefault() throws Exception {
    Path file = directory.resolve("application.properties");
    Files.writeString(file, "BATCH_SIZE=7 \nMAX_RETRIES=9\n");

    Map<String, String> values = Settings.load(file, Map.of("MAX_RETRIES", "4\n"));

    assertThat(values)
        .containsEntry("BATCH_SIZE", "7")
        .containsEntry("MAX_RETRIES", "4")
        .containsEntry("POLL_INTERVAL_MS", "5000");
  }

  @Test
  void aMisspeltNameIsDoubtedAndOthersAreLeft() throws Exception {
    Path file = directory.resolve("application.properties");
    Files.writeString(file, "max_retries=9\nMY_ROUTES_KEY=1\ncamel.main.name=x\nKEEP_SNAPSHOT=1\n");

    assertThat(
            Settings.doubts(
                file,
                Map.of("MAX_RETRYS", "4", "KEEP_SNAPSHOTS", "3", "PATH", "/bin", "LANG", "C")))
        .containsExactly(
            "MAX_RETRYS is no setting and changes nothing; did you mean MAX_RETRIES?",
            "max_retries is no setting and changes nothing; did you mean MAX_RETRIES?");
  }

  @Test
  void nobodyIsToldOfJobsUnlessAskedFor() {
    Settings settings = withEnvironment(REQUIRED);

    assertThat(TracesSettings.from(settings))
        .isEqualTo(
            new TracesSettings(
                false, URI.create("http://localhost:4318"), Map.of(), 1, "odyssey-runner"));
    assertThat(LineageSettings.from(settings).enabled()).isFalse();
    settings.verify();
  }

  @Test
  void whoIsToldOfJobsIsCheckedAtTheStart() {
    var environment = new HashMap<>(REQUIRED);
    environment.put("TRACES_ENABLED", "on");
    environment.put("TRACES_SAMPLE_RATIO", "2");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "s3cret");
    environment.put("LINEAGE_URL", "marquez");
    Settings settings = withEnvironment(environment);

    TracesSettings.from(settings);
    LineageSettings.from(settings);

    assertThatThrownBy(settings::verify)
        .hasMessageContaining("TRACES_ENABLED must be true or false")
        .hasMessageContaining("TRACES_SAMPLE_RATIO must be a number from 0 to 1")
        .hasMessageContaining("OTEL_EXPORTER_OTLP_ENDPOINT must be a URL")
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS must be name=value")
        .hasMessageContaining("LINEAGE_URL must be a URL")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void whatNoRequestCanHaveIsRefusedAndNotRepeated() {
    var environment = new HashMap<>(REQUIRED);
    environment.put("SUPABASE_SERVICE_ROLE_KEY", "s3cret\nmore");
    environment.put("LINEAGE_API_KEY", "s3cret\tmore");
    environment.put("LINEAGE_URL", "http://marquez:99999/api");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector#traces");
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Bearer s3cret==");
    Settings settings = withEnvironment(environment);

    SourceSettings.from(settings);
    TracesSettings.from(settings);
    LineageSettings.from(settings);

    assertThatThrownBy(settings::verify)
        .hasMessageContaining("SUPABASE_SERVICE_ROLE_KEY must be one line")
        .hasMessageContaining("LINEAGE_API_KEY must be one line")
        .hasMessageContaining("LINEAGE_URL must be a URL")
        .hasMessageContaining("OTEL_EXPORTER_OTLP_ENDPOINT must be a URL")
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS must be name=value")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void secretsAreNeverPrinted() {
    var environment = new HashMap<>(REQUIRED);
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20s3cret");
    environment.put("LINEAGE_API_KEY", "s3cret");
    Settings settings = withEnvironment(environment);

    String printed =
        PublishSettings.from(settings)
            + TracesSettings.from(settings).toString()
            + LineageSettings.from(settings)
            + SourceSettings.from(settings).toString()
            + DatabaseSettings.from(settings);

    assertThat(printed).doesNotContain("secret-key", "service-key", "s3cret");
  }

  private Settings withEnvironment(Map<String, String> environment) {
    return new Settings(Settings.load(directory.resolve("none.properties"), environment)::get);
  }
}
