package dev.odyssey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    @Spec private CommandSpec spec;
    @Mixin private Configuration configuration;

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only those of a stream.")
    private String stream;

    @Option(names = "--json", description = "Print JSON: all columns of odyssey.dead_letters().")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      UUID id = stream == null ? null : Streams.find(configuration.data(), stream);
      List<Map<String, Object>> letters =
          Rows.query(configuration, "odyssey.dead_letters(?, ?)", null, id);
      if (json) {
        out.println(Rows.json(letters));
      } else if (letters.isEmpty()) {
        out.println("There is no dead letter.");
      } else {
        print(out, letters);
      }
      return 0;
    }

    private static void print(PrintWriter out, List<Map<String, Object>> letters) {
      Colours colours = Colours.here();
      int width = Terminal.width();
      List<List<String>> rows = letters.stream().map(ListCommand::row).toList();
      new TextTable(List.of("message", "stream", "run", "since", "attempts"), Set.of(0, 4), rows)
          .print(
              out,
              width,
              (row, column, text) ->
                  row < 0
                      ? colours.bold(text)
                      : column < 4 ? text : text + error(letters.get(row), width, colours));
      Object first = letters.get(letters.size() - 1).get("msg_id");
      out.println();
      out.println("One in full, with what to do: " + colours.bold("bin/odyssey dlq show " + first));
      out.println(
          "Back to the queue, once mended: " + colours.bold("bin/odyssey redrive " + first));
    }

    private static List<String> row(Map<String, Object> letter) {
      return Arrays.asList(
          String.valueOf(letter.get("msg_id")),
          Rows.shown(letter.get("stream_name")),
          letter.get("run_id") == null ? null : RunsCommand.shortId(letter.get("run_id")),
          RunsCommand.ago(letter.get("dead_lettered_at")),
          String.valueOf(Rows.size(letter.get("attempts"))));
    }

    /** Below the letter, on a line of its own. */
    private static String error(Map<String, Object> letter, int width, Colours colours) {
      String error = TextTable.line(Rows.shown(letter.get("error")), width - 11);
      return "\n" + " ".repeat(11) + colours.dim(error);
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
        throw new PermanentFailure(
            "There is no dead letter " + message, "bin/odyssey dlq list shows them.");
      }
      PrintWriter out = spec.commandLine().getOut();
      Map<String, Object> letter = letters.get(0);
      if (json) {
        out.println(Rows.json(letter));
      } else {
        print(out, letter);
      }
      return 0;
    }

    private static void print(PrintWriter out, Map<String, Object> letter) {
      Object redrivable = letter.remove("redrivable");
      letter.forEach(
          (column, value) -> {
            if (value != null && !(value instanceof JsonNode node && node.isNull())) {
              print(out, column, value);
            }
          });
      var next = new NextCommands();
      if (letter.get("stream_name") != null) {
        next.mend(NextCommands.stream(letter.get("stream_name"), letter.get("stream_id")));
      }
      if (Boolean.TRUE.equals(redrivable)) {
        next.add("redrive " + letter.get("msg_id") + " --wait", "do it again");
      }
      next.add("dlq discard " + letter.get("msg_id"), "give the job up for good");
      next.print(out, Colours.here());
    }

    private static void print(PrintWriter out, String column, Object value) {
      List<String> lines = new ArrayList<>();
      if (column.equals("attempts") && value instanceof JsonNode attempts) {
        attempts.forEach(attempt -> lines.add(attempt(attempt)));
      } else if (value instanceof JsonNode json) {
        json.toPrettyString().lines().forEach(line -> lines.addAll(indented(line)));
      } else {
        lines.addAll(Terminal.wrap(value.toString(), Terminal.width() - 18));
      }
      for (int i = 0; i < lines.size(); i++) {
        out.printf("%-17s %s%n", i == 0 ? column.replace('_', ' ') : "", lines.get(i));
      }
    }

    /** What is too long goes on in the next line, as far to the right. */
    private static List<String> indented(String line) {
      String text = line.stripLeading();
      String indent = " ".repeat(line.length() - text.length());
      return Terminal.wrap(text, Terminal.width() - 18 - indent.length()).stream()
          .map(part -> indent + part)
          .toList();
    }

    private static String attempt(JsonNode attempt) {
      return "%s: %s %s, by %s"
          .formatted(
              attempt.path("number").asText(),
              attempt.path("outcome").asText(),
              RunsCommand.ago(attempt.path("begun_at").asText()),
              attempt.path("runner").asText());
    }
  }
}
