package dev.odyssey.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a person what the sample runs did and where to look. */
final class Report {

  private static final String[] HEADINGS = {
    "stream", "rows", "inserted", "updated", "deleted", "size", "took", "object"
  };
  private static final int OBJECT = HEADINGS.length - 1;
  private static final List<String> NOTABLE =
      List.of("badValues", "rejects", "schema", "skipped", "lastSnapshot", "advice");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void print(Map<Sample, Run> runs) {
    List<String[]> lines = new ArrayList<>();
    lines.add(HEADINGS);
    runs.forEach((sample, run) -> lines.add(line(sample, run)));
    out.println();
    for (String[] line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.length; column++) {
        int width = width(lines, column);
        String format =
            column == 0 || column == OBJECT ? "%-" + width + "s  " : "%" + width + "s  ";
        text.append(format.formatted(line[column]));
      }
      out.println(text.toString().stripTrailing());
    }
    runs.forEach(this::printDetails);
  }

  void printPage(String port, String password) {
    out.printf(
        """
        Web page   http://localhost:%s  password %s
        %n""",
        port, password);
  }

  void printWhereToLook(Path snapshots, String databaseUrl, Path commandLineFile) {
    out.printf(
        """

        Snapshots  %s
                   duckdb -c "from '%s/*/*/*.parquet' limit 10"
        Database   psql %s
        Commands   export ODYSSEY_CONFIG=%s
                   bin/odyssey status        (after ./mvnw package -DskipTests)
        Again      start the sandbox once more: by then the sources have changed
        """,
        snapshots, snapshots, databaseUrl, commandLineFile);
  }

  private static String[] line(Sample sample, Run run) {
    return new String[] {
      sample.streamName(),
      count(run.processed()),
      count(run.inserted()),
      count(run.updated()),
      count(run.deleted()),
      count((run.bytes() + 999) / 1000) + " KB",
      run.took() == null ? "" : String.format(Locale.ROOT, "%.1f s", run.took().toMillis() / 1e3),
      run.isCompleted() ? run.parquetPath() : run.status()
    };
  }

  private void printDetails(Sample sample, Run run) {
    if (run.errorMessage() != null) {
      out.println(sample.streamName() + ": " + run.errorMessage());
    }
    ObjectNode notable = notable(run);
    if (!notable.isEmpty()) {
      out.println(sample.streamName() + ": " + notable);
    }
  }

  private static ObjectNode notable(Run run) {
    try {
      return run.errorDetails() == null
          ? JSON.createObjectNode()
          : ((ObjectNode) JSON.readTree(run.errorDetails())).retain(NOTABLE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("error_details is no JSON", e);
    }
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static int width(List<String[]> lines, int column) {
    return lines.stream().mapToInt(line -> line[column].length()).max().orElse(1);
  }
}
