package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MacrosTest {
  @TempDir Path directory;

  @Test
  void theDefinitionsOfACallComeBehindThoseThatTheyNeed() {
    assertThat(Macros.calledBy("SELECT is_no_date(\"day\") FROM mapped"))
        .extracting(MacrosTest::name)
        .containsExactly("is_blank", "is_no_date");
  }

  @Test
  void sqlWithoutCallsNeedsNone() {
    assertThat(Macros.calledBy("SELECT is_blank, trim(\"day\") FROM mapped")).isEmpty();
  }

  @Test
  void columnsMayHaveTheNamesOfParameters() throws Exception {
    TransformResult result =
        Job.in(directory)
            .file("t,v,scale\n2026-01-02,5.00,1.25\n 2026-01-02 12:00:00 Z,x,2\n")
            .schema("t date", "v integer", "scale number")
            .run();

    assertThat(Job.rows(result, "t, v, \"scale\""))
        .containsExactly("2026-01-02|5|1.2500", "2026-01-02|~|2.0000");
  }

  @Test
  void columnsMayHaveTheNamesOfWhatALambdaTakes() throws Exception {
    TransformResult result =
        Job.in(directory)
            .file(
                "u,usual\n2026-01-02 12:00 +02,2026-01-02 12:00:00 Asia/Tokyo\n1:00,2026-01-02 1:00 PM\n")
            .schema("u timestamp", "usual timestamptz")
            .run();

    assertThat(Job.rows(result, "u, usual"))
        .containsExactly("2026-01-02 10:00:00.0|2026-01-02T03:00Z", "~|~");
  }

  /** But Factory, by which the time zone database says that nobody has told a zone. */
  @Test
  void allZonesThatTheEngineKnowsBehindATimeAreNames() throws Exception {
    assertThat(
            texts(
                """
                SELECT name FROM pg_timezone_names()
                WHERE name <> 'Factory' AND TRY_CAST('2026-01-02 12:00:00 ' || name AS TIMESTAMPTZ) IS NOT NULL
                  AND NOT names_zone('2026-01-02 12:00:00 ' || name)"""))
        .isEmpty();
  }

  @Test
  void otherWordsBehindATimeAreNoZones() throws Exception {
    assertThat(
            texts(
                """
                SELECT word FROM unnest(['CEST', 'PDT', 'AM', '+0200', '-05', 'Z', 'Uhr', 'UTC.']) AS t(word)
                WHERE names_zone('2026-01-02 12:00:00 ' || word)"""))
        .isEmpty();
  }

  private List<String> texts(String sql) throws Exception {
    List<String> texts = new ArrayList<>();
    try (Engine engine = Engine.open(directory, TransformSettings.defaults())) {
      engine.rows(sql, row -> texts.add(row.getString(1)));
    }
    return texts;
  }

  private static String name(String definition) {
    return definition.replaceAll("(?s).* MACRO (\\w+)\\(.*", "$1");
  }
}
