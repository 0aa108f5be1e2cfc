package dev.odyssey.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The dead letters: jobs that failed for good. */
@Command(
    name = "dlq",
    description = "Looks at dead letters, puts them back or throws them away.",
    subcommands = {
      DlqCommand.ListCommand.class,
      DlqCommand.ShowCommand.class,
      RedriveCommand.class,
      DiscardCommand.class
    })
final class DlqCommand {
  private DlqCommand() {}

  /** All letters, a line each. */
  @Command(name = "list", description = "Lists the dead letters, oldest first.")
  static final class ListCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %-24s %-8s %-28s %s%n";

    @Spec private CommandSpec spec;
    @Mixin private Configuration configuration;

    @Option(names = "--stream", paramLabel = "ID", description = "Only those of a stream.")
    private UUID stream;

    @Option(names = "--json", description = "Print JSON: all columns of odyssey.dead_letters().")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      List<Map<String, Object>> letters =
          Rows.query(configuration, "odyssey.dead_letters(?, ?)", null, stream);
      if (json) {
        out.println(Rows.json(letters));
        return 0;
      }
      out.printf(ROW, "MESSAGE", "SINCE", "ATTEMPTS", "STREAM", "ERROR");
      letters.forEach(letter -> print(out, letter));
      return 0;
    }

    private static void print(PrintWriter out, Map<String, Object> letter) {
      out.printf(
          ROW,
          letter.get("msg_id"),
          Rows.shown(letter.get("dead_lettered_at")),
          Rows.size(letter.get("attempts")),
          Rows.shown(letter.get("stream_name")),
          Rows.shown(letter.get("error")));
    }
  }

  /** One letter, whole. */
  @Command(name = "show", description = "Shows one dead letter with its attempts.")
  static final class ShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Configuration configuration;

    @Parameters(paramLabel = "MESSAGE", description = "Id of the dead letter, as list prints it.")
    private long message;

    @Option(names = "--json", description = "Print JSON: all columns of odyssey.dead_letters().")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      List<Map<String, Object>> letters =
          Rows.query(configuration, "odyssey.dead_letters(?, ?)", message, null);
      if (letters.isEmpty()) {
        throw new SQLException("There is no dead letter " + message, "02000");
      }
      PrintWriter out = spec.commandLine().getOut();
      Map<String, Object> letter = letters.get(0);
      if (json) {
        out.println(Rows.json(letter));
      } else {
        letter.forEach((column, value) -> out.printf("%-17s %s%n", column, Rows.shown(value)));
      }
      return 0;
    }
  }
}
