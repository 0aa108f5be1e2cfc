package dev.odyssey.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks for a sync; harmless while one is waiting already. */
@Command(name = "enqueue", description = "Asks for a sync of a stream; prints the run's id.")
final class EnqueueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(paramLabel = "STREAM", description = "Id of the stream.")
  private UUID stream;

  @Option(names = "--trigger", description = "Who asks. Default: ${DEFAULT-VALUE}")
  private String trigger = "manual";

  @Override
  public Integer call() throws Exception {
    try (var dataSource = configuration.openDatabase();
        var connection = dataSource.getConnection();
        PreparedStatement enqueue =
            connection.prepareStatement(
                "select odyssey.enqueue_sync(p_stream_id => ?, p_trigger_type => ?)")) {
      enqueue.setObject(1, stream);
      enqueue.setString(2, trigger);
      try (ResultSet run = enqueue.executeQuery()) {
        run.next();
        spec.commandLine().getOut().println(run.getString(1));
      }
    }
    return 0;
  }
}
