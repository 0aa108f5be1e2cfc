package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    assertThat(bad(result)).containsExactly("made 1 3:24.01.2025");
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
    assertThat(bad(result)).containsExactly("born 1 3:24.01.2025", "year 1 3:24.01.2025");
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
    assertThat(bad(second)).containsExactly("made 2 3:24.01.2025 5:x");
  }

  private Job job() {
    return Job.in(directory)
        .file(FILE)
        .key("id")
        .mapping("id", "id")
        .config("{'maxBadValueRatio': 1}");
  }

  private static List<String> bad(TransformResult result) {
    List<String> all = new ArrayList<>();
    for (JsonNode column : result.details().path("badValues")) {
      var text = new StringBuilder(column.path("column").asText());
      text.append(' ').append(column.path("count").asInt());
      for (JsonNode sample : column.path("samples")) {
        text.append(' ').append(sample.path("line").asText());
        text.append(':').append(sample.path("value").asText());
      }
      all.add(text.toString());
    }
    return all;
  }
}
