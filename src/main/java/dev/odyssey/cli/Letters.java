package dev.odyssey.cli;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about: one, a stream's, or all; said, never assumed. */
final class Letters {
  @ArgGroup(multiplicity = "1")
  private Which which;

  @Option(names = "--dry-run", description = "Only say which they are.")
  boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  static final class Which {
    @Parameters(arity = "1", paramLabel = "MESSAGE", description = "One, by its id in dlq list.")
    private Long message;

    @Option(names = "--message", paramLabel = "ID", description = "The same.")
    private Long sameMessage;

    @Option(names = "--stream", paramLabel = "STREAM", description = "All of a stream.")
    private String stream;

    @Option(names = "--all", required = true, description = "All there are.")
    @SuppressWarnings("UnusedVariable") // none of the others: that is what it says
    private boolean all;
  }

  /** Whether it is about one by its id. */
  boolean one() {
    return which.message != null || which.sameMessage != null;
  }

  /** Calls a function that takes a message's id and a stream's. */
  List<Map<String, Object>> call(Configuration configuration, String function) throws Exception {
    Long message = which.message != null ? which.message : which.sameMessage;
    UUID stream = which.stream == null ? null : Streams.find(configuration.data(), which.stream);
    return Rows.query(configuration, function + "(?, ?)", message, stream);
  }
}
