package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLineEndsTest {
  private static final String FILE = "{'n':1}/{'n':2/{'n':3}//{'n':4}/".replace('\'', '"');

  @TempDir Path directory;

  @Test
  void readsLinesThatEndInCrAlone() {
    assertRows("\r");
  }

  @Test
  void aRejectHasNothingOfItsLinesEnd() {
    assertRows("\r\n");
  }

  @Test
  void readsLinesThatEndInLf() {
    assertRows("\n");
  }

  /** The line's LF is the first character of the reader's next 64 Ki. */
  @Test
  void anEndOfTwoCharactersIsOneAcrossTheReadersBuffer() throws IOException {
    String line = "x".repeat((1 << 16) - 1);
    LineReader lines = new LineReader(new StringReader(line + "\r\ny\r\n"), 1 << 20);

    assertThat(lines.next()).isEqualTo(line);
    assertThat(lines.next()).isEqualTo("y");
    assertThat(lines.number()).isEqualTo(2);
    assertThat(lines.next()).isNull();
  }

  private void assertRows(String end) {
    TransformResult result = Job.in(directory).file(FILE.replace("/", end)).run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "3", "4");
    assertThat(Job.query("SELECT line, raw, reason FROM '%s'".formatted(result.rejects())))
        .containsExactly("2|{\"n\":2|The line is not JSON");
  }
}
