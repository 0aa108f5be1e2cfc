package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.Models;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Storage;
import dev.odyssey.publish.StoredObjects;
import dev.odyssey.settings.Settings;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.diff.SnapshotDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between two published snapshots of a stream. Changes nothing. */
@Command(
    name = "diff",
    description = {
      "Says what changed between two published snapshots of a stream: counts, which columns, and"
          + " example rows. Downloads both to a temporary directory; changes nothing."
    })
final class DiffCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 10_000;
  private static final int LOOKED_AT = 50;

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(index = "0", paramLabel = "STREAM", description = "Id or name of the stream.")
  private String text;

  @Parameters(
      index = "1..2",
      arity = "0..1",
      paramLabel = "RUN",
      description =
          "Ids of the earlier and the later run, their first characters will do; without the later"
              + " one the last, without both the last two that published.")
  private List<String> runs = List.of();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Example rows of each kind. Default: ${DEFAULT-VALUE}")
  private int rows = 5;

  @Option(names = "--json", description = "Print JSON: all of it.")
  private boolean json;

  /** A run and what it published. */
  private record Published(UUID run, String snapshot) {}

  @Override
  public Integer call() throws Exception {
    if (rows < 0 || rows > MOST_ROWS) {
      throw new ParameterException(spec.commandLine(), "--rows must be from 0 to " + MOST_ROWS);
    }
    Settings settings = new Settings(configuration.values()::get);
    TransformSettings transform = TransformSettings.from(settings);
    PublishSettings publish = PublishSettings.from(settings);
    String kept = settings.text("KEEP_SNAPSHOTS");
    settings.verify();
    ConsoleData data = configuration.data();
    UUID stream = Streams.find(data, text);
    List<Published> both = both(data, stream);
    try (Scratchpad pad = Scratchpad.open("odyssey-diff-");
        var s3 = Storage.client(publish)) {
      var objects = new StoredObjects(s3, publish.bucket());
      Path before = fetch(objects, both.get(0), pad.directory().resolve("before"), kept);
      Path after = fetch(objects, both.get(1), pad.directory().resolve("after"), kept);
      var diff = new SnapshotDiff(transform, pad.directory(), stream);
      print(both, diff.compare(before, after, rows));
    } catch (SnapshotDiff.Unreadable e) {
      throw new PermanentFailure(
          "A snapshot of stream '%s' cannot be compared: %s".formatted(text, e.getMessage()), null);
    }
    return 0;
  }

  private void print(List<Published> both, SnapshotDiff.Result result) throws IOException {
    var out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("before", both.get(0));
      all.put("after", both.get(1));
      all.put("diff", result);
      out.println(Rows.json(all));
      return;
    }
    Colours colours = Colours.here();
    out.println(
        "%s: from run %s to run %s"
            .formatted(
                colours.bold(TextTable.line(text, 200)),
                RunsCommand.shortId(both.get(0).run()),
                RunsCommand.shortId(both.get(1).run())));
    new DiffPage(out, Terminal.width(), colours).print(result);
  }

  private List<Published> both(ConsoleData data, UUID stream) throws ConsoleData.Unavailable {
    List<Published> both = new ArrayList<>();
    for (String run : runs) {
      both.add(published(data, stream, Streams.requireRun(data, run)));
    }
    List<Published> last = both.size() == 2 ? List.of() : last(data, stream);
    if (both.size() + last.size() < 2) {
      throw new PermanentFailure(
          "Stream '%s' has not published two snapshots yet".formatted(text),
          "bin/odyssey runs %s lists its runs.".formatted(NextCommands.quoted(text)));
    }
    if (both.isEmpty()) {
      both.add(last.get(1));
    }
    if (both.size() == 1) {
      both.add(last.get(0));
    }
    return both;
  }

  /** The last two that published something of their own, the latest first. */
  private static List<Published> last(ConsoleData data, UUID stream)
      throws ConsoleData.Unavailable {
    List<Published> last = new ArrayList<>();
    for (Map<String, Object> run : data.runs(stream, false, LOOKED_AT)) {
      if (last.size() < 2 && "completed".equals(run.get("status"))) {
        UUID id = UUID.fromString(run.get("runId").toString());
        String path = snapshot(data.run(id).orElse(Map.of()));
        if (path != null && path.contains(id.toString())) {
          last.add(new Published(id, path));
        }
      }
    }
    return last;
  }

  private Published published(ConsoleData data, UUID stream, UUID id)
      throws ConsoleData.Unavailable {
    Map<String, Object> run = data.run(id).orElse(Map.of());
    if (!stream.toString().equals(run.get("streamId"))) {
      throw new PermanentFailure(
          "Run %s is not of stream '%s' but of '%s'"
              .formatted(id, text, Shown.text(String.valueOf(run.get("streamName")))),
          "bin/odyssey runs %s lists its runs.".formatted(NextCommands.quoted(text)));
    }
    String path = snapshot(run);
    if (path == null) {
      throw new PermanentFailure(
          "Run %s published nothing: it is %s".formatted(id, RunState.of(run)),
          "bin/odyssey runs %s lists the runs that did.".formatted(NextCommands.quoted(text)));
    }
    return new Published(id, path);
  }

  /** Null where there is none. */
  private static String snapshot(Map<String, Object> run) {
    return Models.rows(run, "attempts").stream()
        .map(attempt -> Models.object(attempt, "result").get("snapshotPath"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static Path fetch(StoredObjects objects, Published published, Path directory, String kept)
      throws IOException {
    try {
      objects.fetch(published.snapshot(), directory);
      return Files.createDirectories(directory);
    } catch (StoredObjects.NoSuchObject e) {
      throw new PermanentFailure(
          "The snapshot of run %s is not in the bucket any more".formatted(published.run()),
          "Housekeeping keeps the last %s of a stream (KEEP_SNAPSHOTS).".formatted(kept));
    }
  }
}
