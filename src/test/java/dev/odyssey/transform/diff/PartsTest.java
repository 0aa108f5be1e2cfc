package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.OtherReader;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  private static final int ROWS = 20_000;
  private static final long MAX_BYTES = 200_000;

  @TempDir Path directory;

  @Test
  void cutsALargeSnapshotAndComparesWithItsParts() throws Exception {
    TransformResult first = job().file(csv(0)).run();

    assertThat(first.snapshot()).isDirectory();
    List<Path> parts = files(first.snapshot());
    assertThat(parts.size()).isGreaterThan(1);
    assertThat(parts.get(0)).hasFileName("part-0001.parquet");
    assertThat(parts).allSatisfy(part -> assertThat(Files.size(part)).isLessThan(MAX_BYTES));
    assertThat(Job.query("SELECT id FROM '" + first.snapshot() + "/*.parquet'"))
        .isEqualTo(Stream.iterate(0, i -> i + 1).limit(ROWS).map(String::valueOf).toList());

    assertThat(parts.stream().mapToInt(part -> OtherReader.read(part).rows().size()).sum())
        .as("rows as another library reads them")
        .isEqualTo(ROWS);

    Path previous = directory.resolve("previous");
    Files.move(first.snapshot(), previous);
    TransformResult second =
        job().file(csv(1)).afterFile(previous, Job.READ_AT.plusSeconds(1)).run();

    assertThat(second.unchanged()).isEqualTo(ROWS - 1);
    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.deleted()).isEqualTo(1);
  }

  /** By a column of this name the engine tells the parts apart, where the file has none. */
  @Test
  void findsTheRowsOfEachPartBesideAColumnFileIndex() throws Exception {
    Job job = job().mapping("id", "id").mapping("text", "text").mapping("id", "File_Index");
    TransformResult first = job.file(csv(0)).run();
    Path previous = directory.resolve("previous");
    Files.move(first.snapshot(), previous);

    TransformResult second = job.file(csv(1)).afterFile(previous, Job.READ_AT.plusSeconds(1)).run();

    assertThat(files(previous).size()).isGreaterThan(1);
    assertThat(second.unchanged()).isEqualTo(ROWS - 1);
    assertThat(
            Job.query(
                "SELECT id, \"$_operation\" FROM '%s' ORDER BY id".formatted(second.changes())))
        .containsExactly("0|DELETE", ROWS + "|INSERT");
  }

  @Test
  void rowsOfEachPartStayInTheirOrder() throws Exception {
    TransformResult first = job().file(csv(0)).run();
    Path previous = directory.resolve("previous");
    Files.move(first.snapshot(), previous);

    TransformResult second =
        job().stream("syncMode", "\"incremental\"")
            .file("id,text\n-1,new\n%d,other\n".formatted(ROWS - 1))
            .afterFile(previous, Job.READ_AT.plusSeconds(1))
            .run();

    assertThat(files(previous).size()).isGreaterThan(1);
    assertThat(Job.query("SELECT id FROM '" + second.snapshot() + "/*.parquet'"))
        .isEqualTo(
            IntStream.concat(IntStream.of(-1, ROWS - 1), IntStream.range(0, ROWS - 1))
                .mapToObj(String::valueOf)
                .toList());
  }

  /** However long its names are: a prefix without an object would be no snapshot. */
  @Test
  void aSnapshotWithoutRowsIsOneFile() {
    String names =
        Stream.iterate(0, i -> i + 1)
            .limit(500)
            .map(i -> "x".repeat(500) + i)
            .collect(Collectors.joining(","));

    TransformResult empty =
        job().schema().key().config("{'header': true}").file(names + "\n").run();

    assertThat(empty.snapshotBytes()).isGreaterThan(MAX_BYTES);
    assertThat(empty.snapshot()).isRegularFile();
  }

  private Job job() {
    TransformSettings d = TransformSettings.defaults();
    return Job.in(directory)
        .schema("id integer", "text text")
        .key("id")
        .settings(
            new TransformSettings(
                d.memoryLimit(),
                d.threads(),
                d.tempLimit(),
                d.maxSourceBytes(),
                d.refHash(),
                d.maxBadValueRatio(),
                d.maxRejectRatio(),
                MAX_BYTES));
  }

  private static String csv(int from) {
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int id = from; id < from + ROWS; id++) {
      csv.append(id).append(',').append(new UUID(id * 31L, ~id * 7919L)).append('\n');
    }
    return csv.toString();
  }

  private static List<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
