package dev.odyssey.cli;

import dev.odyssey.database.Migrations;
import dev.odyssey.health.DatabaseProbe;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
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

  @Option(
      names = "--grant-mappings-to",
      paramLabel = "ROLE",
      description = "Grant this login role that, and to change streams' mappings.")
  private String editor;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DataSource database = configuration.database();
    database.getConnection().close(); // Flyway would tell in its own way why there is none
    List<String> applied = new Migrations(database).migrate().migrations();
    applied.forEach(out::println);
    out.println(applied.isEmpty() ? "nothing to do" : applied.size() + " migrations applied");
    try (var connection = database.getConnection()) {
      grant(connection, "odyssey.grant_runner", role);
      grant(connection, "odyssey.grant_editor", editor);
    }
    List<String> missing = new DatabaseProbe(database).missing();
    missing.forEach(spec.commandLine().getErr()::println);
    return missing.isEmpty() ? 0 : 1;
  }

  private void grant(Connection connection, String function, String to) throws SQLException {
    if (to == null) {
      return;
    }
    try (var grant = connection.prepareStatement("select " + function + "(p_role => ?)")) {
      grant.setString(1, to);
      grant.execute();
    }
    spec.commandLine().getOut().println("granted to " + to);
  }
}
