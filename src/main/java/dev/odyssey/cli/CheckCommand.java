package dev.odyssey.cli;

import dev.odyssey.RunnerSettings;
import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.ConsoleSettings;
import dev.odyssey.console.Models;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.health.BucketProbe;
import dev.odyssey.health.DatabaseProbe;
import dev.odyssey.health.HealthSettings;
import dev.odyssey.health.Probe;
import dev.odyssey.housekeeping.HousekeepingSettings;
import dev.odyssey.isolation.IsolationSettings;
import dev.odyssey.lineage.LineageSettings;
import dev.odyssey.metrics.MetricsSettings;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Storage;
import dev.odyssey.queue.QueueSettings;
import dev.odyssey.settings.InvalidSettings;
import dev.odyssey.settings.Settings;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.traces.TracesSettings;
import dev.odyssey.transform.DefinitionCheck;
import dev.odyssey.transform.TransformSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks every part that the service depends on, as readiness does, and says what is missing. */
@Command(
    name = "check",
    description = {
      "Checks settings, database contract, bucket, the definition of each stream (as far as that can"
          + " be told without its file) and its source (it is there and may be read; nothing is"
          + " downloaded): a line each, ok or what to do."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:something is missing", "2:wrong usage or settings"})
final class CheckCommand implements Callable<Integer> {
  private static final int MOST_STREAMS = 500;

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Option(names = "--no-sources", description = "Leave the streams out.")
  private boolean noSources;

  @Option(names = "--json", description = "Print JSON: part, ok, found, problems of each line.")
  private boolean json;

  private final List<Line> lines = new ArrayList<>();

  /**
   * @param found what is there, in a word or two; null for nothing to say
   * @param problems with what to do, and doubts; empty where all is well
   */
  record Line(String part, boolean ok, String found, List<String> problems) {}

  /** What a look gives: what it found. */
  private interface Look {
    List<String> problems() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = new Settings(configuration.values()::get);
    var database = DatabaseSettings.from(settings);
    var publish = PublishSettings.from(settings);
    others(settings);
    try {
      settings.verify();
    } catch (InvalidSettings e) {
      add(
          new Line(
              "settings",
              false,
              null,
              e.getMessage().lines().skip(1).map(l -> l.replaceFirst("^[ -]+", "")).toList()));
      end();
      return 2;
    }
    add(new Line("settings", true, null, configuration.doubts()));
    boolean contract = ask("database", new DatabaseProbe(database.unpooled())::missing);
    try (var s3Client = Storage.client(publish)) {
      Probe bucket = new BucketProbe(s3Client, publish.bucket());
      ask("bucket " + publish.bucket(), bucket::missing);
    }
    if (contract && !noSources) {
      sources();
    }
    return end();
  }

  /** That only the service needs. */
  private static void others(Settings settings) {
    SourceSettings.from(settings);
    QueueSettings.from(settings);
    TransformSettings.from(settings);
    IsolationSettings.from(settings);
    HousekeepingSettings.from(settings);
    HealthSettings.from(settings);
    ConsoleSettings.from(settings);
    MetricsSettings.from(settings);
    TracesSettings.from(settings);
    LineageSettings.from(settings);
    RunnerSettings.from(settings).routes(settings);
    RunCommand.logLevel(settings);
    RunCommand.logFormat(settings);
  }

  private boolean ask(String part, Look look) {
    List<String> problems;
    try {
      problems = look.problems();
    } catch (Exception e) {
      problems = List.of(told(e));
    }
    add(new Line(part, problems.isEmpty(), null, problems));
    return problems.isEmpty();
  }

  private void sources() throws Exception {
    ConsoleData data = configuration.data();
    var access = StreamSource.Access.of(configuration);
    var settings = TransformSettings.from(new Settings(configuration.values()::get));
    try (Scratchpad pad = Scratchpad.open("odyssey-check-")) {
      var check = new DefinitionCheck(pad.directory(), settings);
      List<Map<String, Object>> page;
      int seen = 0;
      do {
        page = Models.rows(data.streams(null, MOST_STREAMS, seen), "streams");
        seen += page.size();
        for (Map<String, Object> stream : page) {
          definition(check, stream);
          source(access, stream, pad);
        }
      } while (page.size() == MOST_STREAMS);
    }
  }

  /** A line where it is wrong: a slip in an expression is else found by the first job. */
  private void definition(DefinitionCheck check, Map<String, Object> stream) {
    try {
      UUID id = UUID.fromString(stream.get("id").toString());
      check.require(StreamSource.definition(configuration, id));
    } catch (Exception e) {
      add(new Line("definition of " + name(stream), false, null, List.of(told(e))));
    }
  }

  private static String name(Map<String, Object> stream) {
    return TextTable.line(String.valueOf(stream.get("name")), 60);
  }

  private void source(StreamSource.Access access, Map<String, Object> stream, Scratchpad pad) {
    String part = "source of " + name(stream);
    try {
      UUID id = UUID.fromString(stream.get("id").toString());
      String found = StreamSource.look(access, configuration, id, pad.directory());
      add(new Line(part, true, found, List.of()));
    } catch (Exception e) {
      add(new Line(part, false, null, List.of(told(e))));
    }
  }

  private static String told(Exception e) {
    Explanations.Explanation why = Explanations.of(e);
    return why.message() + (why.advice() == null ? "" : "\n" + why.advice());
  }

  /** Each line as soon as it is known: some take a while. */
  private void add(Line line) {
    lines.add(line);
    if (json) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    Colours colours = Colours.here();
    out.println(
        "%s %s%s"
            .formatted(
                line.ok() ? colours.good("ok  ") : colours.bad("FAIL"),
                line.part(),
                line.found() == null ? "" : ": " + line.found()));
    for (String problem : line.problems()) {
      problem
          .lines()
          .flatMap(text -> Terminal.wrap(text, Terminal.width() - 5).stream())
          .forEach(text -> out.println("     " + text));
    }
    out.flush();
  }

  private int end() throws Exception {
    if (json) {
      spec.commandLine().getOut().println(Rows.json(lines));
    }
    return lines.stream().allMatch(Line::ok) ? 0 : 1;
  }
}
