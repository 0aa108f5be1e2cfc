package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.snapshot.ParquetSizes;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of many columns and of long texts, in an engine of little memory. */
class WideFilesTest {
  private static final int COLUMNS = 800;
  private static final TransformSettings LITTLE_MEMORY =
      new TransformSettings(
          "256MB", 2, "1GB", 1_000_000_000, TransformSettings.RefHash.V1, 0.5, 0.5);

  private static final TransformSettings LITTLE_MEMORY_STILL =
      new TransformSettings(
          "128MB", 2, "1GB", 1_000_000_000, TransformSettings.RefHash.V1, 0.5, 0.5);

  @TempDir Path directory;

  /** The engine set a megabyte aside for the dictionary of each. */
  @Test
  void hundredsOfColumnsOfTextFitIntoLittleMemory() {
    Job job = Job.in(directory).key("c0").settings(LITTLE_MEMORY);

    TransformResult first = job.file(wide(20, "a")).run();
    TransformResult second = job.after(first, Job.READ_AT).file(wide(20, "b")).run();

    assertThat(first.inserted()).isEqualTo(20);
    assertThat(second.updated()).isEqualTo(20);
  }

  /** A row group of the usual number of these rows would take 1.5 GB. */
  @Test
  void longRowsFitIntoLittleMemory() throws IOException {
    Path file = directory.resolve("source");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("id,text\n");
      for (int row = 0; row < 15_000; row++) {
        out.write(row + "," + (row + "x").repeat(2_000) + "\n");
      }
    }
    Job job = Job.in(directory).key("id").settings(LITTLE_MEMORY_STILL);

    TransformResult result = job.sourceAt(file).run();

    assertThat(result.inserted()).isEqualTo(15_000);
    assertThat(Job.query("SELECT sum(length(text)) FROM '" + result.snapshot() + "'"))
        .containsExactly("157780000");
  }

  @Test
  void previewGuessesEachOfHundredsOfColumns() throws IOException {
    Path file = Files.writeString(directory.resolve("source.csv"), preview(120));
    Path own = Files.createDirectory(directory.resolve("own"));
    var definition = new ObjectMapper().readTree("{'source': {}}".replace('\'', '"'));

    Preview.Result result = new Preview(LITTLE_MEMORY, own).of(definition, file, 1);

    assertThat(result.guesses())
        .extracting(guess -> guess.name() + " " + guess.type())
        .containsExactlyElementsOf(
            IntStream.range(0, 120)
                .mapToObj(i -> "c" + i + (i % 2 == 0 ? " integer" : " date"))
                .toList());
  }

  private static String preview(int columns) {
    return IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(","))
        + "\n"
        + "1,2024-01-31,".repeat(columns / 2 - 1)
        + "1,2024-01-31\n";
  }

  @Test
  void rowGroupsAndDictionariesOfManyColumnsAreSmaller() {
    assertThat(ParquetSizes.of(1L << 30, 12))
        .isEqualTo(new ParquetSizes(ParquetSizes.ROW_GROUP_ROWS, 10_000, 1 << 20));
    assertThat(ParquetSizes.of(1L << 30, 500)).isEqualTo(new ParquetSizes(8192, 800, 67_108));
    assertThat(ParquetSizes.of(1L << 30, 9000)).isEqualTo(new ParquetSizes(2048, 256, 4096));
  }

  private static String wide(int rows, String value) {
    String header = line(column -> "c" + column);
    return IntStream.range(0, rows)
        .mapToObj(row -> line(column -> column == 0 ? "" + row : value + row))
        .collect(Collectors.joining("", header, ""));
  }

  private static String line(java.util.function.IntFunction<String> field) {
    return IntStream.range(0, COLUMNS).mapToObj(field).collect(Collectors.joining(",", "", "\n"));
  }
}
