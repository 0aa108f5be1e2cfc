package dev.odyssey.cli;

import dev.odyssey.database.Migrations;
import dev.odyssey.health.DatabaseProbe;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Installs what the runner needs in the database; repeatable. */
@Command(
    name = "migrate",
    description = {
      "Installs or updates schema odyssey. Replaces nothing that is not its own.",
      "Fails, naming them, where pieces or rights are missing that only others can give."
    })
final class MigrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Option(
      names = "--grant-to",
      paramLabel = "ROLE",
      description = "Also grant this login role what the runner needs, and nothing else.")
  private String role;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (var dataSource = configuration.openDatabase()) {
      List<String> applied = new Migrations(dataSource).migrate().migrations();
      applied.forEach(out::println);
      out.println(applied.isEmpty() ? "nothing to do" : applied.size() + " migrations applied");
      if (role != null) {
        try (var connection = dataSource.getConnection();
            var grant = connection.prepareStatement("select odyssey.grant_runner(p_role => ?)")) {
          grant.setString(1, role);
          grant.execute();
        }
        out.println("granted to " + role);
      }
      List<String> missing = new DatabaseProbe(dataSource).missing();
      missing.forEach(spec.commandLine().getErr()::println);
      return missing.isEmpty() ? 0 : 1;
    }
  }
}
