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
      "Prints cancelled, cancelling, or finished (too late: exit code 1)."
    })
final class CancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(paramLabel = "RUN", description = "Id of the run; its first characters will do.")
  private String text;

  @Option(names = "--json", description = "Print JSON: runId, answer.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var data = configuration.data();
    UUID run = Streams.isId(text) ? UUID.fromString(text) : Streams.requireRun(data, text);
    String answer = data.cancel(run);
    if (answer.equals("unknown") && !json) {
      throw Streams.noRun(text);
    }
    spec.commandLine()
        .getOut()
        .println(json ? Rows.json(Map.of("runId", run, "answer", answer)) : answer);
    return answer.startsWith("cancel") ? 0 : 1;
  }
}
