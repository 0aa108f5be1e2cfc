package dev.odyssey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.settings.Settings;
import dev.odyssey.transform.Preview;
import dev.odyssey.transform.TransformSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a stream's mapping, or replaces it by one that a run could take. */
@Command(
    name = "mapping",
    description = {
      "Shows a stream's mapping as JSON, to save and edit; with --set tries another on the stream's"
          + " source, as preview does, and stores it where a run would succeed."
    },
    footer = {
      "",
      "To mend a mapping:",
      "  bin/odyssey mapping customers > m.json",
      "  (edit m.json; docs/transform.md lists what a transform may use)",
      "  bin/odyssey mapping customers --set m.json --check    only try it",
      "  bin/odyssey mapping customers --set m.json            try it, store it",
      "Storing needs a login to which migrate --grant-mappings-to was given."
    })
final class MappingCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(paramLabel = "STREAM", description = "Id or name of the stream.")
  private String text;

  @Option(
      names = "--set",
      paramLabel = "M.json",
      description =
          "The new mapping: a list, or an object with fieldMappings as preview prints it.")
  private Path file;

  @Option(names = "--check", description = "With --set: only try it, store nothing.")
  private boolean check;

  @Option(names = "--force", description = "With --set: store it whatever the trial says.")
  private boolean force;

  @Option(names = "--json", description = "Print JSON: with --set, before, after, stored, problem.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (file == null && (check || force)) {
      throw new ParameterException(spec.commandLine(), "--check and --force go with --set M.json");
    }
    UUID stream = Streams.find(configuration.data(), text);
    JsonNode definition = StreamSource.definition(configuration, stream);
    if (!definition.path("stream").isObject()) {
      throw new PermanentFailure("There is no stream " + stream, "bin/odyssey status lists them.");
    }
    JsonNode before = definition.path("fieldMappings");
    return file == null
        ? show(before)
        : set(stream, before.isNull() ? JSON.createArrayNode() : before);
  }

  private int show(JsonNode mappings) {
    PrintWriter out = spec.commandLine().getOut();
    if (mappings.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "No mapping is stored: columns are named by data_schemas, by the stream's schema, or"
                  + " taken as they are.\nOne to start from: bin/odyssey preview "
                  + NextCommands.quoted(text)
                  + " --mapping-only");
    }
    out.println(json ? mappings.toString() : PreviewPage.list(mappings));
    return 0;
  }

  private int set(UUID stream, JsonNode before) throws Exception {
    JsonNode after = mappings();
    String problem = problem(stream, after);
    boolean store = !check && (problem == null || force);
    if (store) {
      Rows.query(
          configuration,
          "odyssey.set_mapping(?, ?::jsonb, ?::jsonb)",
          stream,
          after.toString(),
          before.toString());
    }
    if (json) {
      ObjectNode answer = JSON.createObjectNode();
      answer.put("stored", store).put("problem", problem);
      answer.set("before", before);
      answer.set("after", after);
      spec.commandLine().getOut().println(answer);
    } else {
      tell(before, after, problem, store);
    }
    return problem == null || store ? 0 : 1;
  }

  private JsonNode mappings() throws IOException {
    JsonNode told = Edits.read(file);
    JsonNode mappings = told.isObject() ? told.path("fieldMappings") : told;
    if (!mappings.isArray()) {
      throw new PermanentFailure(
          file + " holds no mapping: neither a list nor an object with fieldMappings",
          "bin/odyssey mapping " + NextCommands.quoted(text) + " shows the one there is.");
    }
    List<String> others = new ArrayList<>();
    told.fieldNames().forEachRemaining(others::add);
    others.remove("fieldMappings");
    if (!others.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "Only fieldMappings is taken of %s, not %s."
                  .formatted(file, String.join(", ", others)));
    }
    return mappings;
  }

  /** Why a run with this mapping would fail; null where it would not. */
  private String problem(UUID stream, JsonNode mappings) throws Exception {
    Settings settings = new Settings(configuration.values()::get);
    TransformSettings transform = TransformSettings.from(settings);
    settings.verify();
    try (Scratchpad pad = Scratchpad.open("odyssey-mapping-")) {
      StreamSource source = StreamSource.fetch(configuration, stream, pad.directory());
      ObjectNode definition = source.definition().deepCopy();
      definition.set("fieldMappings", mappings);
      Preview.Result result =
          new Preview(transform, pad.folder("preview")).of(definition, source.file(), 0);
      if (!json) {
        summary(result);
      }
      return result.warning();
    } catch (PermanentFailure | TransientFailure | IOException e) {
      return Explanations.of(e).message();
    }
  }

  private void summary(Preview.Result preview) {
    long bad = 0;
    for (JsonNode column : preview.result().details().path("badValues")) {
      bad += column.path("count").asLong();
    }
    spec.commandLine()
        .getErr()
        .println(
            "Tried on the source: %,d rows, %,d rejected, %,d values that do not fit"
                .formatted(preview.result().processed(), preview.result().rejected(), bad));
  }

  private void tell(JsonNode before, JsonNode after, String problem, boolean stored) {
    PrintWriter out = spec.commandLine().getOut();
    Colours colours = Colours.here();
    List<String> old = lines(before);
    List<String> now = lines(after);
    old.stream()
        .filter(line -> !now.contains(line))
        .forEach(l -> out.println(colours.bad("- " + l)));
    now.stream()
        .filter(line -> !old.contains(line))
        .forEach(l -> out.println(colours.good("+ " + l)));
    if (old.equals(now)) {
      out.println("The mapping is the same as before.");
    }
    if (problem != null) {
      spec.commandLine().getErr().println(colours.bad("A run would fail: ") + problem);
    }
    if (stored) {
      out.println(
          "Stored. Next: "
              + colours.bold(
                  "bin/odyssey redrive --stream " + NextCommands.quoted(text) + " --wait"));
      out.println(
          "      or, where nothing failed: bin/odyssey enqueue "
              + NextCommands.quoted(text)
              + " --wait");
    } else if (problem == null) {
      out.println("Good. Nothing is stored: without --check it is.");
    } else {
      spec.commandLine().getErr().println("Nothing is stored.");
    }
  }

  private static List<String> lines(JsonNode mappings) {
    List<String> lines = new ArrayList<>();
    mappings.forEach(mapping -> lines.add(mapping.toString()));
    return lines;
  }
}
