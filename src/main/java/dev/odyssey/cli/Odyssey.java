package dev.odyssey.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code bin/odyssey}. */
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
      StatusCommand.class,
      RunsCommand.class,
      EnqueueCommand.class,
      CancelCommand.class,
      PreviewCommand.class,
      MappingCommand.class,
      DiffCommand.class,
      DlqCommand.class,
      RedriveCommand.class,
      HousekeepingCommand.class,
      CompletionCommand.class
    })
public final class Odyssey {
  private Odyssey() {}

  public static void main(String[] args) {
    boolean run = args.length == 1 && args[0].equals("run");
    System.exit(run ? service().execute() : commandLine().execute(args));
  }

  /** The service alone: reading what the other commands take delays its start by half a second. */
  private static CommandLine service() {
    return new CommandLine(new RunCommand()).setExecutionExceptionHandler(Odyssey::explain);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Odyssey())
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Odyssey::refuse)
        .setExecutionExceptionHandler(Odyssey::explain);
  }

  private static int refuse(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    boolean first = e.getCommandLine().getParent() == null;
    if (first && arguments.length == 0) {
      e.getCommandLine().usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    err.println(
        first && e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
            ? "There is no command '%s'".formatted(unmatched.getUnmatched().get(0))
            : e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println(
          "See: bin/%s --help".formatted(e.getCommandLine().getCommandSpec().qualifiedName()));
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    Explanations.Explanation why = Explanations.of(e);
    command.getErr().println(why.message());
    if (why.advice() != null) {
      command.getErr().println(why.advice());
    }
    return why.exitCode();
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
