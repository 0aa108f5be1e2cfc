package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where every stream stands, what waits, what runs, and what to look at next. */
@Command(
    name = "status",
    description = {
      "Shows where every stream stands: how its last run ended, rows, changes, how fresh it is; what"
          + " waits, what runs, what failed and why."
    })
final class StatusCommand implements Callable<Integer> {
  private static final int MOST_FAILURES = 100;
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[J";

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(
      arity = "0..1",
      paramLabel = "SEARCH",
      description = "Only the streams whose name holds this, or whose tenant has this id.")
  private String search;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "SECONDS",
      description = "Draw it anew every 2 seconds, or as many as told, until Ctrl-C.")
  private Integer watch;

  @Option(names = "--json", description = "Print JSON: queue, runners, running, streams, failures.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (watch != null && watch < 1) {
      throw new ParameterException(spec.commandLine(), "--watch must be 1 or more");
    }
    ConsoleData data = configuration.data();
    Colours colours = Colours.here();
    do {
      StringWriter text = new StringWriter();
      print(new PrintWriter(text), read(data), colours);
      PrintWriter out = spec.commandLine().getOut();
      out.print(watch != null && colours.enabled() && !json ? CLEAR_SCREEN + text : text);
      out.flush();
      if (watch != null) {
        Thread.sleep(watch * 1000L);
      }
    } while (watch != null);
    return 0;
  }

  private void print(PrintWriter out, Map<String, Object> status, Colours colours)
      throws Exception {
    if (json) {
      out.println(Rows.json(status));
    } else {
      new StatusPage(out, Terminal.width(), colours).print(status, search);
    }
  }

  private Map<String, Object> read(ConsoleData data) throws ConsoleData.Unavailable {
    Map<String, Object> overview = data.overview();
    var status = new LinkedHashMap<String, Object>();
    for (String part : new String[] {"queue", "runners", "running"}) {
      status.put(part, overview.get(part));
    }
    status.put("streams", Streams.all(data, search));
    status.put("failures", data.runs(null, true, MOST_FAILURES));
    return status;
  }
}
