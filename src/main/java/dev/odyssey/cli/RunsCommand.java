package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.Formats;
import dev.odyssey.console.Models;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The last runs, or one run with all that is known of it. */
@Command(
    name = "runs",
    description = {
      "Lists the last runs, newest first: of all streams or of one; or shows one run: why it failed"
          + " and what to do, counts, bad values, attempts, steps, objects."
    })
final class RunsCommand implements Callable<Integer> {
  private static final int STATE = 2;

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(
      arity = "0..1",
      paramLabel = "STREAM|RUN",
      description = "Id or name of a stream; or id of a run, its first characters will do.")
  private String what;

  @Option(names = "--failed", description = "Only those that failed, or are tried again.")
  private boolean failed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many to list, at most 500. Default: ${DEFAULT-VALUE}")
  private int limit = 20;

  @Option(names = "--json", description = "Print JSON: of odyssey.show_runs() or show_run().")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > 500) {
      throw new ParameterException(spec.commandLine(), "--limit must be from 1 to 500");
    }
    PrintWriter out = spec.commandLine().getOut();
    ConsoleData data = configuration.data();
    UUID run = what == null ? null : Streams.findRun(data, what);
    if (run != null) {
      Optional<Map<String, Object>> found = data.run(run);
      if (found.isPresent()) {
        show(out, found.get());
        return 0;
      }
    }
    UUID stream = what == null ? null : Streams.find(data, what);
    list(out, data.runs(stream, failed, limit));
    return 0;
  }

  private void show(PrintWriter out, Map<String, Object> run) throws Exception {
    if (json) {
      out.println(Rows.json(run));
    } else {
      new RunPage(out, Terminal.width(), Colours.here()).print(run);
    }
  }

  private void list(PrintWriter out, List<Map<String, Object>> runs) throws Exception {
    if (json) {
      out.println(Rows.json(runs));
      return;
    }
    if (runs.isEmpty()) {
      out.println(failed ? "No run failed." : "There is no run yet.");
      return;
    }
    int width = Terminal.width();
    Colours colours = Colours.here();
    List<List<String>> rows = runs.stream().map(RunsCommand::row).toList();
    List<String> heads = List.of("run", "stream", "state", "begun", "rows", "changes", "took");
    new TextTable(heads, java.util.Set.of(4, 6), rows)
        .print(
            out,
            width,
            (row, column, text) -> {
              String shown =
                  column == STATE && row >= 0
                      ? colours.state(rows.get(row).get(STATE), text)
                      : text;
              boolean last = column == heads.size() - 1 && row >= 0;
              return row < 0
                  ? colours.bold(text)
                  : shown + (last ? error(runs.get(row), width, colours) : "");
            });
    runs.stream()
        .filter(run -> "failed".equals(run.get("status")))
        .findFirst()
        .ifPresent(
            run ->
                out.println(
                    "\nWhy, and what to do: "
                        + colours.bold("bin/odyssey runs " + shortId(run.get("runId")))));
  }

  private static List<String> row(Map<String, Object> run) {
    Map<String, Object> counts = Models.object(run, "counts");
    return java.util.Arrays.asList(
        shortId(run.get("runId")),
        String.valueOf(run.get("streamName")),
        RunState.of(run),
        ago(run.get("begunAt")),
        counts.get("totalRows") == null ? null : Formats.number(counts.get("totalRows")),
        counts.isEmpty()
            ? null
            : RunState.changes(counts) + RunState.rejected(counts.get("rejected")),
        run.get("seconds") == null ? null : Formats.duration(run.get("seconds")));
  }

  /** Below the run, on a line of its own. */
  private static String error(Map<String, Object> run, int width, Colours colours) {
    boolean told = run.get("error") != null && !"completed".equals(run.get("status"));
    String indent = " ".repeat(12);
    return told
        ? "\n" + indent + colours.dim(TextTable.line(run.get("error").toString(), width - 12))
        : "";
  }

  /** How long ago a timestamp of the database was; null for none. */
  static String ago(Object time) {
    if (time == null) {
      return null;
    }
    Instant then = OffsetDateTime.parse(time.toString()).toInstant();
    return age(Duration.between(then, Instant.now()).toSeconds()) + " ago";
  }

  /** In one unit below an hour, where nobody asks for more. */
  static String age(Number time) {
    long seconds = Math.max(0, time.longValue());
    return seconds < 60
        ? seconds + " s"
        : Formats.duration(seconds < 3600 ? seconds / 60 * 60 : seconds);
  }

  /** The first characters of an id, which any command takes for it. */
  static String shortId(Object id) {
    return String.valueOf(id).split("-", 2)[0];
  }
}
