package dev.odyssey.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that every command has: where the settings are. */
final class Configuration {
  @Option(
      names = "--config",
      description = "File with settings; environment variables win. Default: ${DEFAULT-VALUE}",
      defaultValue = "application.properties")
  private Path file;

  /** Every property, by name. */
  Map<String, String> values() {
    return Settings.load(file, System.getenv());
  }

  /** The database that the settings name; the caller closes it. */
  HikariDataSource openDatabase() {
    Settings settings = new Settings(values()::get);
    DatabaseSettings database = DatabaseSettings.from(settings);
    settings.verify();
    return database.open();
  }
}
