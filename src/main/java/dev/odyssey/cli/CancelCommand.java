package dev.odyssey.cli;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a run that waits or runs; harmless when repeated. */
@Command(
    name = "cancel",
    description = {
      "Cancels a run: one that waits at once, one that runs within seconds. Nothing is published.",
      "Prints cancelled, cancelling, finished (too late) or unknown."
    })
final class CancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private UUID run;

  @Option(names = "--json", description = "Prints {\"runId\", \"answer\"}.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    String answer =
        Rows.query(configuration, "odyssey.cancel_run(?)", run).get(0).get("cancel_run").toString();
    spec.commandLine()
        .getOut()
        .println(json ? Rows.json(Map.of("runId", run, "answer", answer)) : answer);
    return answer.startsWith("cancel") ? 0 : 1;
  }
}
