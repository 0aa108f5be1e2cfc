package dev.odyssey.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where every stream stands. */
@Command(name = "status", description = "Shows where every stream stands.")
final class StatusCommand implements Callable<Integer> {
  private static final String ROW = "%-28s %-12s %12s %10s %10s %10s %7s %6s  %s%n";

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Option(names = "--json", description = "Print JSON: all columns of odyssey.stream_status().")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, String>> streams = streams();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(streams));
      return 0;
    }
    out.printf(
        ROW,
        "STREAM",
        "STATUS",
        "ROWS",
        "INSERTED",
        "UPDATED",
        "DELETED",
        "QUEUED",
        "DEAD",
        "LAST ERROR");
    streams.forEach(stream -> print(out, stream));
    return 0;
  }

  private List<Map<String, String>> streams() throws SQLException {
    try (var dataSource = configuration.openDatabase();
        var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select * from odyssey.stream_status() order by stream_name")) {
      var streams = new ArrayList<Map<String, String>>();
      while (rows.next()) {
        var stream = new LinkedHashMap<String, String>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          stream.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
        }
        streams.add(stream);
      }
      return streams;
    }
  }

  private static void print(PrintWriter out, Map<String, String> stream) {
    boolean running = stream.get("running_since") != null;
    out.printf(
        ROW,
        stream.get("stream_name"),
        running ? "running" : shown(stream.get("sync_status")),
        shown(stream.get("total_rows")),
        shown(stream.get("rows_inserted")),
        shown(stream.get("rows_updated")),
        shown(stream.get("rows_deleted")),
        shown(stream.get("queued")),
        shown(stream.get("dead_letters")),
        shown(stream.get("last_error")));
  }

  private static String shown(String value) {
    return value == null ? "-" : value;
  }
}
