package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.transform.csv.CsvRewriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  @TempDir Path directory;

  @Test
  void tooManyBadValuesFailWithTheColumnAndSamples() {
    Job job =
        Job.in(directory)
            .file("id,amount\n1,x\n2,2\n3,3\n4,4\n")
            .schema("id integer", "amount decimal(9,2)")
            .config("{'maxBadValueRatio': 0.2}");

    assertThat(job.run().excess().message()).contains("\"amount\"", "\"x\" on line 2", "20%");
  }

  /** What it was given may be of the column's type: the text "x" is no number to compute with. */
  @Test
  void aTransformThatFailsTooOftenIsNamedAsTheCause() {
    Job job =
        Job.in(directory)
            .file("id,a\n1,x\n2,y\n3,3\n")
            .schema("id integer", "made text")
            .mapping("id", "id")
            .transform("made", "(a::INTEGER + 1)::VARCHAR");

    assertThat(job.run().excess().message())
        .contains("column \"made\": the transform gives no text for 2 of 3 rows, such as \"x\"");
    assertThat(job.run().excess().advice()).startsWith("Correct the transform");
  }

  @Test
  void tooManyRejectsFailWithTheReason() {
    Job job = Job.in(directory).file("a,b\n1,2\n3\n4,5\n").config("{'maxRejectRatio': 0.1}");

    assertThat(job.run().excess().message()).contains(CsvRewriter.TOO_FEW);
    assertThat(job.run().excess().advice()).contains("\"shortRows\" to \"pad\"");
  }

  @Test
  void whatIsWithinTheLimitPasses() {
    TransformResult result =
        Job.in(directory).file("a,b\n1,2\n3\n4,5\n").config("{'maxRejectRatio': 0.4}").run();

    assertThat(result.rejected()).isEqualTo(1);
    assertThat(result.excess()).isNull();
  }

  /** As doubles, 0.29 of 100 are less than 29. */
  @Test
  void asManyAsTheLimitSaysPass() {
    Job job =
        Job.in(directory).schema("id integer", "n integer").config("{'maxBadValueRatio': 0.29}");

    assertThat(job.file(withBad(29)).run().excess()).isNull();
    assertThat(job.file(withBad(30)).run().excess().message()).endsWith("the limit of 29%.");
  }

  private static String withBad(int count) {
    StringBuilder file = new StringBuilder("id,n\n");
    for (int i = 0; i < 100; i++) {
      file.append(i).append(',').append(i < count ? "x" : "1").append('\n');
    }
    return file.toString();
  }

  /** Its values were read, and so it is one of the rows that they are a share of. */
  @Test
  void aRowWithoutAKeyHasBadValuesLikeOthers() {
    Job job =
        Job.in(directory)
            .file("id,n\n1,x\n,x\n,x\n2,2\n,3\n")
            .schema("id integer", "n integer")
            .key("id");

    assertThat(job.config("{'maxBadValueRatio': 0.6, 'maxRejectRatio': 1}").run().excess())
        .isNull();
    assertThat(
            job.config("{'maxBadValueRatio': 0.59, 'maxRejectRatio': 1}").run().excess().message())
        .contains("3 of 5 values");
  }

  @Test
  void rowsThatOnlyLostToANewerOneAreNotBad() {
    TransformResult result =
        Job.in(directory)
            .file("id,v\n1,a\n1,b\n1,c\n")
            .key("id")
            .config("{'maxRejectRatio': 0}")
            .run();

    assertThat(result.duplicateKeys()).isEqualTo(2);
    assertThat(result.excess()).isNull();
  }

  @Test
  void aShareIsNoPercentage() {
    Job job = Job.in(directory).file("id,v\n1,a\n").config("{'maxRejectRatio': 5}");

    assertThatThrownBy(job::run).hasMessageContaining("between 0 and 1");
  }
}
