package dev.odyssey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.odyssey.transform.Preview;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.guess.Guess;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** What {@code preview} shows to a person. */
final class PreviewPage {
  private final PrintWriter out;
  private final int width;
  private final Ansi ansi;

  PreviewPage(PrintWriter out, int width, Ansi ansi) {
    this.out = out;
    this.width = width;
    this.ansi = ansi;
  }

  void print(String name, Preview.Result preview) {
    long rows = preview.result().processed();
    String found = preview.found().isEmpty() ? "" : preview.found() + ", ";
    out.println(bold(name) + ": " + found + counted(rows, "row"));
    heading("Columns of the file");
    columns(preview.guesses());
    String how = preview.guessed() ? "with the guessed types" : "after mapping";
    heading(
        rows == 0
            ? "Rows " + how + ": none"
            : "The first %d of %,d rows %s"
                .formatted(preview.rows().size(), preview.result().totalRows(), how));
    rows(preview);
    changes(preview);
    if (preview.warning() != null) {
      out.println();
      out.println(ansi.string("@|bold,red A run would fail:|@ ") + preview.warning());
    }
    doubts(preview);
    badValues(preview);
    rejects(preview);
    mapping(preview);
    out.flush();
  }

  private void columns(List<Guess> guesses) {
    List<List<String>> rows = new ArrayList<>();
    for (Guess guess : guesses) {
      rows.add(
          List.of(
              String.valueOf(rows.size() + 1),
              guess.name(),
              (guess.type() + " " + guess.how()).strip(),
              guess.values() == 0 ? "" : percent(guess.sure()),
              "%,d".formatted(guess.rows() - guess.values()),
              guess.unique() ? "yes" : "",
              guess.example() == null ? "" : guess.example(),
              guess.misfit() == null ? "" : guess.misfit()));
    }
    new TextTable(
            List.of("#", "name", "guess", "sure", "empty", "unique", "example", "does not fit"),
            Set.of(0, 3, 4),
            rows)
        .print(out, width);
    for (Guess guess : guesses) {
      if (!guess.fields().isEmpty()) {
        out.println(
            "  in %s, each a source of its own: %s"
                .formatted(guess.name(), String.join(", ", guess.fields())));
      }
    }
  }

  private void rows(Preview.Result preview) {
    List<String> names = new ArrayList<>(preview.types().keySet());
    List<List<String>> rows = new ArrayList<>();
    rows.add(preview.types().values().stream().map(type -> type.toLowerCase(Locale.ROOT)).toList());
    rows.addAll(preview.rows());
    Set<Integer> numbers =
        IntStream.range(0, names.size())
            .filter(i -> rows.get(0).get(i).matches("(.*int|integer|double|float|decimal.*)"))
            .boxed()
            .collect(Collectors.toSet());
    new TextTable(names, numbers, rows).print(out, width);
  }

  private void changes(Preview.Result preview) {
    if (!preview.compared()) {
      return;
    }
    TransformResult result = preview.result();
    JsonNode details = details(preview);
    heading("What a sync would change");
    out.println(
        "  "
            + details
                .path("lastSnapshot")
                .asText(
                    "%,d inserted, %,d updated, %,d deleted, %,d unchanged"
                        .formatted(
                            result.inserted(),
                            result.updated(),
                            result.deleted(),
                            result.unchanged())));
    JsonNode schema = details.path("schema");
    for (String change : List.of("added", "dropped", "retyped", "discarded")) {
      List<String> columns = new ArrayList<>();
      schema.path(change).forEach(column -> columns.add(retyped(column)));
      if (!columns.isEmpty()) {
        out.println("  columns %s: %s".formatted(change, String.join(", ", columns)));
      }
    }
  }

  private static String retyped(JsonNode column) {
    return column.isTextual()
        ? column.asText()
        : "%s (%s, was %s%s)"
            .formatted(
                column.path("column").asText(),
                column.path("to").asText(),
                column.path("from").asText(),
                column.has("inexact")
                    ? ", in %,d rows that stay not the same value"
                        .formatted(column.path("inexact").asLong())
                    : "");
  }

  private static JsonNode details(Preview.Result preview) {
    JsonNode details = preview.result().details();
    return details == null ? MissingNode.getInstance() : details;
  }

  private void doubts(Preview.Result preview) {
    for (JsonNode doubt : details(preview).path("doubts")) {
      out.println();
      out.println(ansi.string("@|bold,yellow Look at this:|@ ") + doubt.asText());
    }
  }

  private void badValues(Preview.Result preview) {
    JsonNode bad = details(preview).path("badValues");
    if (bad.isEmpty()) {
      return;
    }
    heading("Values that do not fit their type: NULL in the snapshot, counted");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode column : bad) {
      List<String> samples = new ArrayList<>();
      for (JsonNode sample : column.path("samples")) {
        samples.add(
            RunPage.sample(
                sample.path("value").asText(),
                sample.path("file").textValue(),
                sample.path("line").numberValue()));
      }
      rows.add(
          List.of(
              column.path("column").asText(),
              column.path("wanted").asText(),
              "%,d".formatted(column.path("count").asLong()),
              String.join("  ", samples)));
    }
    new TextTable(List.of("column", "wanted", "count", "such as"), Set.of(2), rows)
        .print(out, width);
  }

  private void rejects(Preview.Result preview) {
    if (preview.rejects().isEmpty()) {
      return;
    }
    heading(
        "%s that cannot be taken, the first %d"
            .formatted(counted(preview.result().rejected(), "row"), preview.rejects().size()));
    new TextTable(List.of("line", "reason", "text"), Set.of(0), preview.rejects())
        .print(out, width);
  }

  private void mapping(Preview.Result preview) {
    heading(
        preview.guessed()
            ? "To start from: save it, edit it, see what it makes with --mapping FILE"
            : "The mapping");
    out.println(lines(preview.definition()));
  }

  /** JSON with a line for each mapping, so that a person can edit it. */
  static String lines(JsonNode definition) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : definition.properties()) {
      JsonNode value = field.getValue();
      String text = value.toString();
      if (value.isArray() && value.path(0).isObject()) {
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add("    " + item));
        text = "[\n" + String.join(",\n", items) + "]";
      }
      fields.add("  \"" + field.getKey() + "\": " + text);
    }
    return "{\n" + String.join(",\n", fields) + "\n}";
  }

  /** A list of mappings with a line for each. */
  static String list(JsonNode mappings) {
    List<String> items = new ArrayList<>();
    mappings.forEach(item -> items.add("  " + item));
    return items.isEmpty() ? "[]" : "[\n" + String.join(",\n", items) + "\n]";
  }

  private void heading(String text) {
    out.println();
    out.println(bold(text));
  }

  private String bold(String text) {
    return ansi.enabled() ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private static String counted(long count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  /** Never 100 % while one does not fit. */
  private static String percent(double share) {
    return share == 1 ? "100%" : "%.1f%%".formatted(Math.min(99.9, share * 100));
  }
}
