package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

  private static String name(String definition) {
    return definition.replaceAll("(?s).* MACRO (\\w+)\\(.*", "$1");
  }
}
