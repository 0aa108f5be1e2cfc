package dev.odyssey.cli;

import dev.odyssey.settings.InvalidSettings;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command line of {@code bin/odyssey}. Without a command it runs the service. */
@Command(
    name = "odyssey",
    description = "Takes sync jobs from a queue, transforms files with DuckDB, publishes Parquet.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Odyssey.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:failure, the reason is on stderr", "2:wrong usage or settings"},
    subcommands = {
      RunCommand.class,
      MigrateCommand.class,
      CheckCommand.class,
      PreviewCommand.class,
      EnqueueCommand.class,
      StatusCommand.class,
      CancelCommand.class,
      DlqCommand.class,
      RedriveCommand.class,
      HousekeepingCommand.class
    })
public final class Odyssey {
  private static final int WRONG_SETTINGS = 2;
  private static final int FAILED = 1;

  private Odyssey() {}

  public static void main(String[] args) {
    boolean run = args.length == 0 || (args.length == 1 && args[0].equals("run"));
    System.exit(run ? service().execute() : commandLine().execute(args));
  }

  /** The service alone: reading what the other commands take delays its start by half a second. */
  private static CommandLine service() {
    return new CommandLine(new RunCommand()).setExecutionExceptionHandler(Odyssey::explain);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Odyssey()).setExecutionExceptionHandler(Odyssey::explain);
  }

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String message =
        e instanceof SQLException sql
            ? "Database error %s: %s".formatted(sql.getSQLState(), sql.getMessage())
            : rootMessage(e);
    command.getErr().println(message);
    return e instanceof InvalidSettings ? WRONG_SETTINGS : FAILED;
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root == thrown || root.getMessage() == null
        ? String.valueOf(thrown.getMessage())
        : thrown.getMessage() + ": " + root.getMessage();
  }

  /** The version that the jar's manifest names. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Odyssey.class.getPackage().getImplementationVersion();
      return new String[] {"odyssey " + (version == null ? "(not packaged)" : version)};
    }
  }
}
