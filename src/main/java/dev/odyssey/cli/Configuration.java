package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.settings.InvalidSettings;
import dev.odyssey.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** The option that every command has: where the settings are. */
final class Configuration {
  private static final String USUAL = "application.properties";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "File with settings; environment variables win.",
        "Default: $ODYSSEY_CONFIG, else " + USUAL
      },
      defaultValue = "${env:ODYSSEY_CONFIG:-" + USUAL + "}")
  private Path file;

  /** Every property, by name. */
  Map<String, String> values() {
    if (!Files.exists(file) && !file.equals(Path.of(USUAL))) {
      String told =
          file.toString().equals(System.getenv("ODYSSEY_CONFIG")) ? "ODYSSEY_CONFIG" : "--config";
      throw new InvalidSettings(List.of(told + " " + file + ": there is no such file"));
    }
    return Settings.load(file, System.getenv());
  }

  /** Names that look as if they were to be settings. */
  List<String> doubts() {
    return Settings.doubts(file, System.getenv());
  }

  /** The database that the settings name; nothing is opened yet. */
  DataSource database() {
    Settings settings = new Settings(values()::get);
    DatabaseSettings database = DatabaseSettings.from(settings);
    settings.verify();
    return database.unpooled();
  }

  /** What the web page reads too. */
  ConsoleData data() {
    return new ConsoleData(database(), List::of);
  }
}
