package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.Samples;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row on which an expression fails is one bad value, however the engine plans the query. */
class FailingExpressionTest {
  private static final String FILE = "id,d\n1,2025-01-24\n2,24.01.2025\n3,2025-02-03\n";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strptime(d, '%Y-%m-%d')",
        "strptime(nullif(d, ''), '%Y-%m-%d')::date",
        "1 + replace(d, '-', '')::integer",
        "coalesce(replace(d, '-', '')::integer, 2)",
        "case d when '' then 1 else replace(d, '-', '')::integer end"
      })
  void failsForItsRowAlone(String expression) {
    TransformResult result = job().transform("made", expression).run();

    assertThat(Job.rows(result, "id, made IS NULL"))
        .containsExactly("1|false", "2|true", "3|false");
    assertThat(Samples.of(result)).containsExactly("made 3:24.01.2025");
  }

  @Test
  void failsForItsRowAloneWhereTwoMappingsShareAPart() {
    TransformResult result =
        job()
            .transform("born", "strptime(d, '%Y-%m-%d')::date")
            .transform("year", "year(strptime(d, '%Y-%m-%d'))")
            .run();

    assertThat(Job.rows(result, "id, born, year"))
        .containsExactly("1|2025-01-24|2025", "2|~|~", "3|2025-02-03|2025");
    assertThat(Samples.of(result)).containsExactly("born 3:24.01.2025", "year 3:24.01.2025");
  }

  /** Enough rows and values that one which came from another row is seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "coalesce(a::bigint, b::bigint)",
        "ifnull(a::bigint, b::bigint)",
        "CASE WHEN a IS NULL THEN b::bigint ELSE a::bigint END",
        "coalesce(NULL, coalesce(a::bigint, b::bigint))",
        "TRY(coalesce(a::bigint, b::bigint))",
        "TRY(TRY(coalesce(a::bigint, b::bigint)))",
        "coalesce(TRY(coalesce(a::bigint, b::bigint)), NULL)"
      })
  void leavesTheOtherRowsTheirValues(String expression) {
    StringBuilder file = new StringBuilder("id,a,b,wanted\n");
    for (int i = 0; i < 3_000; i++) {
      file.append(
          i % 97 == 96
              ? "%1$d,x,%1$d,\n".formatted(i)
              : i % 3 == 0
                  ? "%1$d,,%2$d,%2$d\n".formatted(i, i * 7)
                  : "%1$d,%1$d,,%1$d\n".formatted(i));
    }

    TransformResult result =
        job()
            .file(file.toString())
            .schema("made integer", "wanted integer")
            .transform("made", expression)
            .mapping("wanted", "wanted")
            .run();

    assertThat(Job.rows(result, "count(*) FILTER (made IS DISTINCT FROM wanted), count(made)"))
        .containsExactly("0|2970");
  }

  @Test
  void failsForItsRowAloneInTheNextSyncToo() {
    TransformResult first = job().transform("made", "replace(d, '-', '')::integer").run();

    TransformResult second =
        job()
            .file(FILE + "4,x\n")
            .transform("made", "replace(d, '-', '')::integer")
            .after(first, Job.READ_AT.plus(Duration.ofHours(1)))
            .run();

    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.updated()).isZero();
    assertThat(Samples.of(second)).containsExactly("made 3:24.01.2025", "made 5:x");
  }

  /** What no row can mend is not the file's fault: the failure names the mapping. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "upper(d, d)",
        "d + 1",
        "regexp_matches(d, '(')",
        "regexp_extract(d, 'x', 99)",
        "json_extract(d, '$[')",
        "strftime(d::date, '%Q')",
        "d::timestamp AT TIME ZONE 'Mars/Phobos'"
      })
  void namesTheColumnWhoseTransformTheEngineRefuses(String expression) {
    Job job = job().transform("fine", "upper(d)").transform("made", expression);

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(job::run)
        .withMessageContaining("column \"made\": the transform \"" + expression)
        .withMessageContaining("is refused");
  }

  private Job job() {
    return Job.in(directory)
        .file(FILE)
        .key("id")
        .mapping("id", "id")
        .config("{'maxBadValueRatio': 1}");
  }
}
