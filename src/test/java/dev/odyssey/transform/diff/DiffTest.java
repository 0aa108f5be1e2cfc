package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second sync by primary key, told by examples. */
class DiffTest {
  /** Rows whose keys are more than a third of 128 MB to join: the place in it is not relied on. */
  private static final int SPILLING = 600_000;

  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);
  private static final String REJECTS =
      "SELECT line, byte_offset, raw->>'name', reason, \"column\" FROM '";
  private static final String WHAT = "id, name, \"$_operation\"";

  @TempDir Path directory;

  @Test
  void tellsInsertedUpdatedUnchangedAndDeletedRowsApart() {
    TransformResult first = keyed().file("id,name\n1,a\n2,b\n3,c\n").run();

    TransformResult second = keyed().file("id,name\n3,c\n2,B\n4,d\n").after(first, LATER).run();

    assertThat(Job.rows(second, WHAT)).containsExactly("3|c|NO_CHANGE", "2|B|UPDATE", "4|d|INSERT");
    assertThat(changes(second)).containsExactly("2|B|UPDATE", "4|d|INSERT", "1|a|DELETE");
    assertThat(second.processed()).isEqualTo(3);
    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.updated()).isEqualTo(1);
    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.deleted()).isEqualTo(1);
    assertThat(second.totalRows()).isEqualTo(3);
  }

  @Test
  void carriesLastUpdatedOverForUnchangedRows() {
    TransformResult first = keyed().file("id,name\n1,a\n2,b\n").run();

    TransformResult second = keyed().file("id,name\n1,a\n2,B\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, epoch_us(\"$_last_updated\"), epoch_us(\"$_timestamp\")"))
        .containsExactly(
            "1|" + micros(Job.READ_AT) + "|" + micros(LATER),
            "2|" + micros(LATER) + "|" + micros(LATER));
  }

  @Test
  void writesNoChangesWhereThereAreNone() {
    TransformResult first = keyed().file("id,name\n1,a\n").run();

    TransformResult second = keyed().file("id,name\n1,a\n").after(first, LATER).run();

    assertThat(second.changes()).isNull();
    assertThat(second.unchanged()).isEqualTo(1);
  }

  @Test
  void keepsWhatAnIncrementalSourceLacks() {
    Job job = keyed().stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,name\n1,a\n2,b\n").run();

    TransformResult second = job.file("id,name\n2,B\n3,c\n").after(first, LATER).run();

    assertThat(Job.rows(second, WHAT)).containsExactly("2|B|UPDATE", "3|c|INSERT", "1|a|NO_CHANGE");
    assertThat(second.deleted()).isZero();
    assertThat(second.unchanged()).isZero();
    assertThat(second.processed()).isEqualTo(2);
    assertThat(second.totalRows()).isEqualTo(3);
  }

  @Test
  void takesTheLastOfRowsWithOneKey() {
    TransformResult result = keyed().file("id,name\n1,a\n2,b\n1,c\n").run();

    assertThat(Job.rows(result, WHAT)).containsExactly("2|b|SNAPSHOT", "1|c|SNAPSHOT");
    assertThat(result.duplicateKeys()).isEqualTo(1);
    assertThat(result.rejected()).isEqualTo(1);
    assertThat(result.processed()).isEqualTo(3);
    assertThat(Job.query(REJECTS + result.rejects() + "'"))
        .containsExactly("2|8|a|" + KeyRule.DUPLICATE + "|id");
  }

  @Test
  void takesTheLastOfRowsWithOneKeyAlsoWhereAJoinMayLoseTheirOrder() {
    TransformSettings d = TransformSettings.defaults();
    TransformSettings little =
        new TransformSettings("128MB", 2, d.tempLimit(), d.maxSourceBytes(), d.refHash(), 0.5, 0.5);
    Job job = keyed().settings(little);
    TransformResult first = job.file(numbered("old")).run();

    TransformResult second =
        job.file(numbered("new") + "7,second\n499000,second\n7,last\n499000,last\n")
            .after(first, LATER)
            .run();

    assertThat(Job.query("SELECT id, name FROM '" + second.snapshot() + "' WHERE name <> 'new'"))
        .containsExactlyInAnyOrder("7|last", "499000|last");
    assertThat(second.updated()).isEqualTo(SPILLING);
    assertThat(second.duplicateKeys()).isEqualTo(4);
  }

  /** What is joined spills by itself, but not while it is sorted. */
  @ParameterizedTest
  @ValueSource(ints = {1_350_000, 2_500_000})
  void rowsOfMoreThanTheMemoryAreCompared(int rows) {
    TransformSettings d = TransformSettings.defaults();
    TransformSettings little =
        new TransformSettings("64MB", 2, d.tempLimit(), d.maxSourceBytes(), d.refHash(), 0.5, 0.5);
    Job job = Job.in(directory).schema("id integer").key("id").settings(little);
    StringBuilder file = new StringBuilder("id\n");
    for (int id = 0; id < rows; id++) {
      file.append(id).append('\n');
    }
    TransformResult first = job.file(file.toString()).run();

    TransformResult second = job.file(file.append("-1\n").toString()).after(first, LATER).run();

    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.unchanged()).isEqualTo(rows);
  }

  /** The engine's hash table of so many rows takes 64 MB for their places alone. */
  @Test
  void manyCopiesOfOneRowNeedNoMemoryForEach() {
    TransformSettings d = TransformSettings.defaults();
    TransformSettings little =
        new TransformSettings("64MB", 2, d.tempLimit(), d.maxSourceBytes(), d.refHash(), 0.5, 0.5);
    Job job = Job.in(directory).schema("a text").settings(little);
    TransformResult first = job.file("a\n" + "7\n".repeat(2_200_000)).run();

    TransformResult second =
        job.file("a\n" + "7\n".repeat(2_199_000) + "8\n").after(first, LATER).run();

    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.unchanged()).isEqualTo(2_199_000);
    assertThat(second.deleted()).isEqualTo(1_000);
  }

  private static String numbered(String name) {
    StringBuilder file = new StringBuilder("id,name\n");
    for (int id = 0; id < SPILLING; id++) {
      file.append(id).append(',').append(name).append('\n');
    }
    return file.toString();
  }

  @Test
  void takesTheGreatestCursorOfRowsWithOneKey() {
    TransformResult result =
        Job.in(directory).schema("id integer", "name text", "version integer").key("id").stream(
                "cursorField", "'version'")
            .file("id,name,version\n1,new,10\n1,old,9\n1,none,\n2,b,1\n3,c,1\n")
            .run();

    assertThat(Job.rows(result, "id, name")).containsExactly("1|new", "2|b", "3|c");
    assertThat(result.duplicateKeys()).isEqualTo(2);
  }

  @Test
  void doubtsACursorThatIsNoColumn() {
    TransformResult result =
        keyed().stream("cursorField", "'verzion'").file("id,name\n1,a\n").run();

    assertThat(result.details().path("doubts").path(0).asText()).contains("\"verzion\"");
  }

  @Test
  void rejectsRowsWithoutAKey() {
    TransformResult result = keyed().file("id,name\n1,a\n,b\n").run();

    assertThat(Job.rows(result, WHAT)).containsExactly("1|a|SNAPSHOT");
    assertThat(result.rejected()).isEqualTo(1);
    assertThat(result.duplicateKeys()).isZero();
    assertThat(Job.query(REJECTS + result.rejects() + "'"))
        .containsExactly("3|12|b|The primary key is NULL.|id");
  }

  @Test
  void joinsBySeveralColumnsOfAnyType() {
    Job job =
        Job.in(directory).schema("day date", "shop text", "sum decimal(8,2)").key("day", "shop");
    TransformResult first = job.file("day,shop,sum\n2024-01-01,a,1\n2024-01-01,b,1\n").run();

    TransformResult second =
        job.file("day,shop,sum\n2024-01-01,a,1.00\n2024-01-02,a,1\n").after(first, LATER).run();

    assertThat(Job.rows(second, "day, shop, sum, \"$_operation\""))
        .containsExactly("2024-01-01|a|1.00|NO_CHANGE", "2024-01-02|a|1.00|INSERT");
    assertThat(second.deleted()).isEqualTo(1);
  }

  @Test
  void comparesAsMultisetsWithoutAKey() {
    Job job = Job.in(directory).schema("name text");
    TransformResult first = job.file("name\na\na\nb\nb\nc\n").run();

    TransformResult second = job.file("name\na\nb\nb\nb\nd\n").after(first, LATER).run();

    assertThat(Job.rows(second, "name, \"$_operation\""))
        .containsExactlyInAnyOrder(
            "a|NO_CHANGE", "b|NO_CHANGE", "b|NO_CHANGE", "b|INSERT", "d|INSERT");
    assertThat(Job.query("SELECT name, \"$_operation\" FROM '" + second.changes() + "'"))
        .containsExactlyInAnyOrder("b|INSERT", "d|INSERT", "a|DELETE", "c|DELETE");
    assertThat(second.unchanged()).isEqualTo(3);
    assertThat(second.inserted()).isEqualTo(2);
    assertThat(second.deleted()).isEqualTo(2);
  }

  @Test
  void startsAgainWhereTheLastSnapshotIsForeign() throws Exception {
    Path foreign = directory.resolve("foreign.parquet");
    Job.query("COPY (SELECT 1 AS id, 'a' AS name) TO '" + foreign + "' (FORMAT parquet)");

    TransformResult result = keyed().file("id,name\n1,a\n").afterFile(foreign, LATER).run();

    assertThat(result.inserted()).isEqualTo(1);
    assertThat(result.details().path("lastSnapshot").asText()).contains("did not write it");
  }

  @Test
  void refusesToAddToASnapshotThatIsGone() {
    Job job = keyed().stream("syncMode", "'incremental'").file("id,name\n1,a\n");

    assertThatThrownBy(() -> job.afterFile(directory.resolve("nothing"), LATER).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("not in the bucket any more");
  }

  @Test
  void leavesNothingButItsFiles() throws Exception {
    keyed().file("id,name\n1,a\n1,b\n").run();

    assertThat(directory).isDirectoryNotContaining(p -> p.toString().contains("staged"));
    assertThat(Files.exists(directory.resolve("snapshot.parquet"))).isTrue();
  }

  private Job keyed() {
    return Job.in(directory).schema("id integer", "name text").key("id");
  }

  private static java.util.List<String> changes(TransformResult result) {
    return Job.query("SELECT " + WHAT + " FROM '" + result.changes() + "'");
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }
}
