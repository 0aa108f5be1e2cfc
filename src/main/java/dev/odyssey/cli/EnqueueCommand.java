package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for a sync; harmless while one is waiting already. */
@Command(
    name = "enqueue",
    description = "Asks for a sync of a stream; prints the run's id.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:asked for; with --wait: the run completed",
      "1:failure; with --wait: the run failed or was cancelled",
      "2:wrong usage or settings",
      "130:Ctrl-C while waiting; the run goes on"
    })
final class EnqueueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(paramLabel = "STREAM", description = "Id or name of the stream.")
  private String stream;

  @Option(names = "--trigger", description = "Who asks. Default: ${DEFAULT-VALUE}")
  private String trigger = "manual";

  @Option(names = "--wait", description = "Wait for the run's end and show how far it is.")
  private boolean wait;

  @Option(names = "--json", description = "Print JSON: runId and, with --wait, run.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ConsoleData data = configuration.data();
    UUID id = Streams.find(data, stream);
    Object run =
        Rows.query(configuration, "odyssey.enqueue_sync(?, ?)", id, trigger)
            .get(0)
            .get("enqueue_sync");
    if (!json) {
      spec.commandLine().getOut().println(run);
    }
    UUID runId = (UUID) run;
    boolean good =
        !wait || new RunWatch(data, spec.commandLine().getErr(), Colours.here()).await(runId);
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("runId", run);
      if (wait) {
        answer.put("run", data.run(runId).orElse(null));
      }
      spec.commandLine().getOut().println(Rows.json(answer));
    }
    return good ? 0 : 1;
  }
}
