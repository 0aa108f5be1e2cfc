package dev.odyssey.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts dead letters back to the queue. */
@Command(
    name = "redrive",
    description = "Puts dead letters back to the queue with fresh attempts; prints their run ids.")
final class RedriveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @ArgGroup(multiplicity = "1")
  private Which which;

  static final class Which {
    @Option(names = "--message", paramLabel = "ID", description = "One dead letter.")
    private Long message;

    @Option(names = "--stream", paramLabel = "ID", description = "All of a stream.")
    private UUID stream;

    @Option(names = "--all", required = true, description = "All there are.")
    @SuppressWarnings("UnusedVariable") // neither of the others: that is what it says
    private boolean all;
  }

  @Override
  public Integer call() throws Exception {
    try (var dataSource = configuration.openDatabase();
        var connection = dataSource.getConnection();
        PreparedStatement redrive =
            connection.prepareStatement(
                "select * from odyssey.redrive(p_msg_id => ?, p_stream_id => ?)")) {
      redrive.setObject(1, which.message, java.sql.Types.BIGINT);
      redrive.setObject(2, which.stream, java.sql.Types.OTHER);
      int count = 0;
      try (ResultSet runs = redrive.executeQuery()) {
        for (; runs.next(); count++) {
          spec.commandLine().getOut().println(runs.getString(1));
        }
      }
      spec.commandLine().getErr().println(count + " redriven");
    }
    return 0;
  }
}
