package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "  bin/odyssey preview customers.csv --mapping mapping.json"
    })
final class PreviewCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Parameters(
      paramLabel = "STREAM|FILE",
      description = "Id of a stream, or a file or folder of files on this machine.")
  private String what;

  @Mixin private Edits edits;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to show. Default: ${DEFAULT-VALUE}")
  private int rows = 10;

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
    Path directory = Files.createTempDirectory("odyssey-preview-");
    Thread removal = new Thread(() -> remove(directory), "remove-preview");
    Runtime.getRuntime().addShutdownHook(removal); // Ctrl-C in the middle of a large file
    try {
      Subject subject = subject(directory);
      Path place = Files.createDirectory(directory.resolve("preview"));
      Preview.Result preview =
          new Preview(transform, place).of(edits.apply(subject.definition()), subject.file(), rows);
      print(subject, preview);
      return preview.warning() == null ? 0 : 1;
    } catch (PermanentFailure failure) {
      return failed(failure.getMessage(), failure.advice());
    } catch (TransientFailure failure) {
      return failed(failure.getMessage(), failure.advice());
    } finally {
      remove(directory);
      Runtime.getRuntime().removeShutdownHook(removal);
    }
  }

  /** What is looked at. */
  private record Subject(String name, JsonNode definition, Path file) {}

  private Subject subject(Path directory) throws Exception {
    Path file = Path.of(what);
    if (Files.exists(file)) {
      String name = file.toAbsolutePath().normalize().getFileName().toString();
      ObjectNode definition = JSON.createObjectNode();
      definition.putObject("stream").put("name", name);
      definition.putObject("source").put("type", "file").putObject("config").put("fileName", name);
      return new Subject(name, definition, file);
    }
    UUID stream;
    try {
      stream = UUID.fromString(what);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "'" + what + "' is neither a file that exists nor a stream's id");
    }
    StreamSource source = StreamSource.fetch(configuration, stream, directory);
    return new Subject(source.name(), source.definition(), source.file());
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

  private int failed(String message, String advice) {
    spec.commandLine().getErr().println(message);
    spec.commandLine().getErr().println(advice);
    return 1;
  }

  private static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
