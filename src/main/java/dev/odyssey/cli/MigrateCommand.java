package dev.odyssey.cli;

import dev.odyssey.database.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Installs what the runner needs in the database; repeatable. */
@Command(
    name = "migrate",
    description = "Installs or updates schema odyssey. Replaces nothing that is not its own.")
final class MigrateCommand implements Callable<Integer> {
  @Mixin private Configuration configuration;

  @Option(
      names = "--grant-to",
      paramLabel = "ROLE",
      description = "Also grant this login role what the runner needs, and nothing else.")
  private String role;

  @Override
  public Integer call() throws Exception {
    try (var dataSource = configuration.openDatabase()) {
      var migrations = new Migrations(dataSource);
      var report = migrations.migrate();
      System.out.println(report);
    }
    return 0;
  }
}
