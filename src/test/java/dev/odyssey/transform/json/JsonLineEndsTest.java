package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows a line: where lines end, and those that are no row. */
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

  @Test
  void aLineOfTwoRowsIsARejectAndNoneOfThemIsLostInSilence() {
    TransformResult result =
        Job.in(directory).file("{\"n\":1}\n{\"n\":2} {\"n\":3}\n{\"n\":4}\n").run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "4");
    assertThat(Job.query("SELECT line, raw, reason FROM '%s'".formatted(result.rejects())))
        .containsExactly("2|{\"n\":2} {\"n\":3}|The line is more than one value");
  }

  @Test
  void aLineHasAsManyCharactersAsItMay() throws IOException {
    LineReader lines = new LineReader(new StringReader("abc\nabcd\n"), 3);

    assertThat(lines.next()).isEqualTo("abc");
    assertThatThrownBy(lines::next)
        .isInstanceOfSatisfying(LineReader.TooLong.class, e -> assertThat(e.number()).isEqualTo(2));
  }

  @Test
  void ofALongLineThatIsNoneOnlyTheBeginningIsKept() {
    String broken = "{\"n\":\"" + "x".repeat(200_000);

    TransformResult result = Job.in(directory).file("{\"n\":1}\n{\"n\":2}\n" + broken + "\n").run();

    assertThat(Job.query("SELECT length(raw), right(raw, 2) FROM '%s'".formatted(result.rejects())))
        .containsExactly("100001|x…");
  }

  /** As streams of events are delivered. */
  @Test
  void readsRowsOneAfterAnotherInTheOnlyLineOfAFileOfLines() {
    TransformResult result =
        Job.in(directory)
            .file("{\"n\":1}{\"n\":2} {\"n\":3}\n")
            .config("{'filePath': 'in/events.ndjson'}")
            .run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "2", "3");
  }

  @Test
  void readsFilesPutTogetherWithTheirMarks() {
    TransformResult result =
        Job.in(directory).file("\ufeff{\"n\":1}\n\ufeff{\"n\":2}\n{\"n\":3}\n").run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "2", "3");
    assertThat(result.rejected()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in/rows.json", "in/rows.ndjson"})
  void aCommaBehindEachRowIsNoPartOfIt(String path) {
    TransformResult result =
        Job.in(directory)
            .file("{\"n\":1},\n{\"n\":2} ,\r\n{\"n\":3},,\n{\"n\":4}\n")
            .config("{'filePath': '%s'}".formatted(path))
            .run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "2", "4");
    assertThat(Job.query("SELECT line, raw FROM '%s'".formatted(result.rejects())))
        .containsExactly("3|{\"n\":3},,");
  }

  /** The rows of these lines would be lost without them. */
  @Test
  void commasInARowOfSeveralLinesStay() {
    TransformResult result =
        Job.in(directory)
            .file("{\"n\":1,\"m\":1}\n{\n\"n\":2,\n\"m\":2\n}\n{\"n\":3,\n\"m\":3}\n")
            .run();

    assertThat(Job.rows(result, "n, m")).containsExactly("1|1", "2|2", "3|3");
  }

  @Test
  void saysTheLineThatIsInAnotherEncoding() {
    byte[] rows = "{\"n\":\"\u00e4\"}\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    byte[] bad = "{\"n\":\"\u00e4\"}\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> Job.in(directory).file(joined(rows, bad, rows)).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("is not UTF-8 in line 50,001");
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void assertRows(String end) {
    TransformResult result = Job.in(directory).file(FILE.replace("/", end)).run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "3", "4");
    assertThat(Job.query("SELECT line, raw, reason FROM '%s'".formatted(result.rejects())))
        .containsExactly("2|{\"n\":2|The line is not JSON");
  }
}
