package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Storage;
import dev.odyssey.publish.StoredObjects;
import dev.odyssey.settings.Settings;
import dev.odyssey.transform.Preview;
import dev.odyssey.transform.TransformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a sync would make of a file or a stream's source. Changes nothing anywhere. */
@Command(
    name = "preview",
    description = {
      "Shows what a sync would make of a file, or of a stream's source: what the file is, its"
          + " columns and guessed types, the first rows after mapping, what does not fit, and a"
          + " mapping to start from. Changes nothing; a FILE needs no database.",
    },
    footer = {
      "",
      "From an unknown file to a mapping:",
      "  bin/odyssey preview customers.csv              look at it",
      "  bin/odyssey preview customers.csv --mapping-only > mapping.json",
      "  (edit mapping.json; docs/transform.md lists what a transform may use)",
      "  bin/odyssey preview customers.csv --mapping mapping.json",
      "",
      "What the next sync of a stream would change:",
      "  bin/odyssey preview customers --after last"
    })
final class PreviewCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(
      paramLabel = "STREAM|FILE",
      description = "Id or name of a stream, or a file or folder of files on this machine.")
  private String what;

  @Mixin private Edits edits;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to show. Default: ${DEFAULT-VALUE}")
  private int rows = 10;

  @Option(
      names = "--after",
      paramLabel = "OLD",
      description =
          "What the sync before has read, a file or folder, or 'last' for the last snapshot of a"
              + " STREAM: says what a sync would change, and with --sql shows the SQL of it.")
  private String after;

  @Option(names = "--sql", description = "Show the transform's SQL instead, in full.")
  private boolean sql;

  @Option(names = "--mapping-only", description = "Print the mapping alone, to save and edit.")
  private boolean mappingOnly;

  @Option(names = "--json", description = "Print all of it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rows < 0) {
      throw new ParameterException(spec.commandLine(), "--rows must be 0 or more");
    }
    Settings settings = new Settings(configuration.values()::get);
    TransformSettings transform = TransformSettings.from(settings);
    settings.verify();
    try (Scratchpad pad = Scratchpad.open("odyssey-preview-")) {
      Subject subject = subject(pad.directory());
      Preview.Result preview;
      try {
        preview =
            compared(new Preview(transform, pad.folder("as-told")), subject, pad)
                .of(edits.apply(subject.definition()), subject.file(), rows);
      } catch (PermanentFailure failure) {
        return asItIs(subject, failure, new Preview(transform, pad.folder("as-it-is")));
      }
      print(subject, preview);
      return preview.warning() == null ? 0 : 1;
    }
  }

  /** What the file holds, where the stream's own mapping does not fit it. */
  private int asItIs(Subject subject, PermanentFailure failure, Preview preview)
      throws IOException {
    ObjectNode definition = subject.definition().deepCopy();
    boolean mapped = !definition.path("fieldMappings").isEmpty();
    if (!mapped || !edits.none() || after != null || sql || mappingOnly || json) {
      throw failure;
    }
    definition.remove(List.of("fieldMappings", "sourceSchema"));
    definition.withObject("/stream").remove(List.of("schema", "primaryKey", "cursorField"));
    Preview.Result result = preview.of(definition, subject.file(), rows);
    PrintWriter err = spec.commandLine().getErr();
    err.println("A run would fail: " + failure.getMessage());
    err.println(failure.advice());
    err.println("This is the file without the stream's mapping:\n");
    err.flush();
    print(subject, result);
    return 1;
  }

  private Preview compared(Preview preview, Subject subject, Scratchpad pad) throws Exception {
    if (after == null) {
      return preview;
    }
    if (Files.exists(Path.of(after))) {
      return preview.afterFile(Path.of(after));
    }
    if (!after.equals("last") || subject.stream() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--after: there is no file '%s'; 'last' is the last snapshot of a STREAM"
              .formatted(after));
    }
    return preview.afterSnapshot(subject.stream(), lastSnapshot(subject, pad));
  }

  /** What a sync of the stream would compare with. */
  private Path lastSnapshot(Subject subject, Scratchpad pad) throws Exception {
    Settings settings = new Settings(configuration.values()::get);
    PublishSettings publish = PublishSettings.from(settings);
    settings.verify();
    Map<String, Object> stream = configuration.data().stream(subject.stream()).orElse(Map.of());
    if (!(stream.get("snapshotPath") instanceof String pointer)) {
      throw noLast(subject, "has published nothing yet");
    }
    Path parts = pad.directory().resolve("last");
    try (var s3 = Storage.client(publish)) {
      new StoredObjects(s3, publish.bucket()).fetch(pointer, parts);
      return parts;
    } catch (StoredObjects.NoSuchObject e) {
      throw noLast(subject, "has no snapshot in the bucket any more: " + Shown.text(pointer));
    }
  }

  private static PermanentFailure noLast(Subject subject, String why) {
    return new PermanentFailure(
        "Stream '%s' %s".formatted(Shown.text(subject.name()), why),
        "Without --after you see what a first sync makes.");
  }

  /**
   * What is looked at.
   *
   * @param stream null for a file
   */
  private record Subject(String name, UUID stream, JsonNode definition, Path file) {}

  private Subject subject(Path directory) throws Exception {
    Path file = Path.of(what);
    if (Files.exists(file)) {
      String name = file.toAbsolutePath().normalize().getFileName().toString();
      ObjectNode definition = JSON.createObjectNode();
      definition.putObject("stream").put("name", name);
      definition.putObject("source").put("type", "file").putObject("config").put("fileName", name);
      return new Subject(name, null, definition, file);
    }
    String database = configuration.values().get("DATABASE_URL");
    if (what.contains("/") || database == null || database.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no file '%s'; for a stream, give its name or id and set DATABASE_URL"
              .formatted(what));
    }
    UUID stream = Streams.find(configuration.data(), what, "stream or file");
    StreamSource source = StreamSource.fetch(configuration, stream, directory);
    return new Subject(source.name(), stream, source.definition(), source.file());
  }

  private void print(Subject subject, Preview.Result preview) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = JSON.valueToTree(preview);
      out.println(all.toPrettyString());
    } else if (sql) {
      preview.sql().forEach(statement -> out.println(statement + ";\n"));
    } else if (mappingOnly) {
      out.println(PreviewPage.lines(preview.definition()));
    } else {
      new PreviewPage(out, Terminal.width(), Ansi.AUTO).print(subject.name(), preview);
    }
    out.flush();
  }
}
