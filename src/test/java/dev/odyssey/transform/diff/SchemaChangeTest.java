package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.TransformSettings.RefHash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that come and go between two syncs, and policies for it. */
class SchemaChangeTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  @TempDir Path directory;

  @Test
  void takesANewColumnWithoutReportingRowsAsUpdated() {
    TransformResult first = job().key("id").file("id,a\n1,x\n2,y\n").run();

    TransformResult second =
        job().key("id").file("id,a,b\n1,x,new\n2,Y,new\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, a, b, \"$_operation\""))
        .containsExactly("1|x|new|NO_CHANGE", "2|Y|new|UPDATE");
    assertThat(second.details().at("/schema/added/0").asText()).isEqualTo("b");
  }

  @Test
  void columnsInAnotherOrderAreTheSame() {
    TransformResult first = job().key("id").file("id,a,b\n1,x,y\n2,x,x\n").run();

    TransformResult second =
        job().key("id").file("b,id,a\ny,1,x\nx,2,x\n").after(first, LATER).run();

    assertThat(Job.rows(second, "b, id, a, \"$_operation\""))
        .containsExactly("y|1|x|NO_CHANGE", "x|2|x|NO_CHANGE");
    assertThat(second.details().has("schema")).isFalse();
  }

  @Test
  void forgetsADroppedColumn() {
    TransformResult first = job().key("id").file("id,a,b\n1,x,1\n2,y,2\n").run();

    TransformResult second = job().key("id").file("id,a\n1,x\n2,y\n").after(first, LATER).run();

    assertThat(second.unchanged()).isEqualTo(2);
    assertThat(second.details().at("/schema/dropped/0").asText()).isEqualTo("b");
  }

  /** What is missing stays; the file's own rows have nothing there. */
  @Test
  void keepsIncrementalRowsWithTheirOldColumns() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,a,gone\n1,x,1\n2,y,2\n").run();

    TransformResult second = job.file("id,a,b\n2,y,new\n3,z,\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, a, b, gone, \"$_operation\""))
        .containsExactly("2|y|new|~|UPDATE", "3|z|~|~|INSERT", "1|x|~|1|NO_CHANGE");
    assertThat(second.details().at("/schema/dropped").toString()).isEqualTo("[\"gone\"]");
    TransformResult third = job.file("id,a,b\n1,x,\n2,y,new\n").after(second, LATER).run();
    assertThat(Job.rows(third, "id, a, b, gone, \"$_operation\""))
        .containsExactly("1|x|~|~|UPDATE", "2|y|new|~|NO_CHANGE", "3|z|~|~|NO_CHANGE");
  }

  /** Names are the same in any case. */
  @Test
  void aColumnInAnotherCaseIsNoFurtherOne() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,a\n1,x\n").run();

    TransformResult second = job.file("id,A\n2,y\n").after(first, LATER).run();

    assertThat(Job.rows(second, "* EXCLUDE (\"$_ref\", \"$_timestamp\", \"$_last_updated\")"))
        .containsExactlyInAnyOrder("2|y|INSERT", "1|x|NO_CHANGE");
  }

  @Test
  void anIncrementMayLackAColumnButNotTheKey() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,a\n1,x\n").run();

    assertThatThrownBy(() -> job.file("b,a\n2,y\n").after(first, LATER).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("\"id\"");
  }

  /** A mapping that is taken away takes its column with it. */
  @Test
  void dropsWhatIsNoLongerMapped() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.mapping("id", "id").mapping("a", "a").file("id,a\n1,x\n").run();

    TransformResult second =
        job().key("id").stream("syncMode", "'incremental'")
            .mapping("id", "id")
            .file("id,a\n2,y\n")
            .after(first, LATER)
            .run();

    assertThat(
            Job.query(
                "SELECT column_name FROM (DESCRIBE FROM '%s') WHERE column_name NOT LIKE '$%%'"
                    .formatted(second.snapshot())))
        .containsExactly("id");
  }

  @Test
  void refusesToDiscardEveryColumn() {
    TransformResult first = job().file("a\nx\n").run();
    Job renamed = job().stream("schemaPolicy", "'discard'").file("b\nx\n");

    assertThatThrownBy(() -> renamed.after(first, LATER).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("every column is new (\"b\")");
  }

  @Test
  void freezes() {
    TransformResult first = job().key("id").file("id,a\n1,x\n").run();
    Job job = job().key("id").stream("schemaPolicy", "' '").config("{'schemaPolicy': 'freeze'}");
    Job frozen = job.file("id,a,b\n1,x,y\n");

    assertThatThrownBy(() -> frozen.after(first, LATER).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("has changed: added \"b\".");
  }

  @Test
  void discardsNewColumns() {
    TransformResult first = job().key("id").file("id,a\n1,x\n").run();

    TransformResult second =
        job().key("id").stream("schemaPolicy", "'discard'")
            .file("id,b,a\n1,y,x\n")
            .after(first, LATER)
            .run();

    assertThat(Job.query("DESCRIBE FROM '" + second.snapshot() + "'")).hasSize(6);
    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.details().at("/schema/discarded/0").asText()).isEqualTo("b");
  }

  /** Without it an older row would win in silence. */
  @Test
  void discardsNoCursor() {
    TransformResult first = job().key("id").file("id,a\n1,x\n").run();

    TransformResult second =
        job().key("id").stream("schemaPolicy", "'discard'").stream("cursorField", "'v'")
            .file("id,a,v\n1,new,2\n1,old,1\n")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, a, v")).containsExactly("1|new|2");
  }

  @Test
  void comparesValuesWhereTheRefAlgorithmChanged() {
    TransformResult first =
        job().key("id").settings(with(RefHash.COMPAT)).file("id,a\n1,x\n2,y\n").run();

    TransformResult second = job().key("id").file("id,a\n1,x\n2,Y\n").after(first, LATER).run();

    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.updated()).isEqualTo(1);
  }

  /** Else the snapshot would have two kinds, and its metadata speak of one. */
  @Test
  void rowsThatStayGetTheRefOfNow() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.settings(with(RefHash.COMPAT)).file("id,a\n1,x\n").run();

    TransformResult second =
        job.settings(with(RefHash.V1)).file("id,a\n2,y\n").after(first, LATER).run();

    List<String> refs = Job.rows(second, "id, \"$_ref\"");
    TransformResult anew = job().key("id").file("id,a\n1,x\n2,y\n").run();
    assertThat(refs).containsExactlyInAnyOrderElementsOf(Job.rows(anew, "id, \"$_ref\""));
  }

  @Test
  void seesChangesThatCompatibleRefsHide() {
    Job job = job().key("id").settings(with(RefHash.COMPAT));
    TransformResult first = job.file("id,a,b\n1,x|y,z\n").run();

    TransformResult second = job.file("id,a,b\n1,x,y|z\n").after(first, LATER).run();

    assertThat(second.updated()).isEqualTo(1);
  }

  @Test
  void theCompatibleRefHasTheSignOfZero() {
    TransformResult result =
        job().settings(with(RefHash.COMPAT)).file("a\n-0.0\n").schema("a double").run();

    assertThat(Job.rows(result, "\"$_ref\" = md5('-0.0')")).containsExactly("true");
  }

  /** Readers that look up 0 would not find it. */
  @ParameterizedTest
  @CsvSource({"double, COMPAT", "text, V1"})
  void aZeroOfARowThatStaysLosesItsSign(String type, RefHash hash) {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first =
        job.settings(with(hash)).schema("id text", "a " + type).file("id,a\n1,-0.0\n").run();

    TransformResult second =
        job.settings(with(RefHash.V1))
            .schema("id text", "a double")
            .file("id,a\n2,5\n")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, a")).containsExactlyInAnyOrder("1|0.0", "2|5.0");
  }

  @Test
  void tellsThatAnErrorsMessageIsNoTable() {
    Job job = job();
    TransformResult first = job.file("[{\"id\": 1, \"a\": 2}, {\"id\": 2, \"a\": 3}]").run();

    TransformResult second =
        job.file("{\"message\": \"Not Found\", \"status\": 404}").after(first, LATER).run();
    TransformResult third = job.file("[{\"message\": \"x\", \"b\": 2}]").after(second, LATER).run();

    assertThat(second.deleted()).isEqualTo(2);
    assertThat(second.details().path("doubts").toString())
        .contains("no column of its last snapshot");
    assertThat(third.details().path("doubts").toString()).doesNotContain("last snapshot");
  }

  private Job job() {
    return Job.in(directory);
  }

  private static TransformSettings with(RefHash hash) {
    TransformSettings d = TransformSettings.defaults();
    return new TransformSettings(
        d.memoryLimit(),
        d.threads(),
        d.tempLimit(),
        d.maxSourceBytes(),
        hash,
        d.maxBadValueRatio(),
        d.maxRejectRatio());
  }
}
