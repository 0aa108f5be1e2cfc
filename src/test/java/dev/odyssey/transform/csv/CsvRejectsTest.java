package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRejectsTest {
  @TempDir Path directory;

  @Test
  void knowTheirLineTheirByteTheirTextAndTheReason() {
    TransformResult result =
        Job.in(directory)
            .file("id,note\n1,\"two\nlines\"\n2\n3,é,x\n4,\"open\n5,\"a\"b\n6,fine\n")
            .config("{'maxRejectRatio': 1}")
            .run();

    assertThat(rejects(result))
        .containsExactly(
            "4|22|2|The row has fewer fields than there are columns.",
            "5|24|3,é,x|The row has more fields than there are columns.",
            "6|31|4,\"open|Text follows a closing quote.",
            "7|39|5,\"a\"b|Text follows a closing quote.");
    assertThat(Job.rows(result, "id, note")).containsExactly("1|two\nlines", "6|fine");
    assertThat(result.rejected()).isEqualTo(4);
    assertThat(result.processed()).isEqualTo(6);
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOneRow() {
    TransformResult result = Job.in(directory).file("id,note\n1,a\n2,\"open\n3,b\n4,c").run();

    assertThat(Job.rows(result, "id, note")).containsExactly("1|a", "3|b", "4|c");
    assertThat(rejects(result)).containsExactly("3|12|2,\"open|A quote is never closed.");
  }

  @Test
  void manyQuotesThatAreNeverClosedAreReadInOneGo() {
    StringBuilder file = new StringBuilder("id,note\n1,a\n");
    for (int i = 0; i < 20_000; i++) {
      file.append(i).append(",\"open\n");
    }

    TransformResult result =
        Job.in(directory)
            .file(file.toString())
            .config("{'csv': {'delimiter': ',', 'quote': '\\u0022', 'maxRejectRatio': 1}}")
            .run();

    assertThat(result.rejected()).isEqualTo(20_000);
  }

  @Test
  void aRowWithBrokenUtf8IsRejectedAndTheFileStaysUtf8() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("id,note\n1,é\n2,".getBytes(StandardCharsets.UTF_8));
    file.writeBytes("è".getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes("\n3,東京\n".getBytes(StandardCharsets.UTF_8));

    TransformResult result =
        Job.in(directory).file(file.toByteArray()).config("{'csv': {'encoding': 'utf-8'}}").run();

    assertThat(Job.rows(result, "id, note")).containsExactly("1|é", "3|東京");
    assertThat(rejects(result))
        .containsExactly(
            "3|13|2,\ufffd|The row has bytes that are not valid in the file's encoding.");
  }

  @Test
  void brokenUtf8IsReplacedWhereTold() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("id,note\n1,é\n2,".getBytes(StandardCharsets.UTF_8));
    file.write(0xe8);
    file.writeBytes("\n".getBytes(StandardCharsets.UTF_8));

    TransformResult result =
        Job.in(directory)
            .file(file.toByteArray())
            .config("{'csv': {'encoding': 'utf-8', 'encodingErrors': 'replace'}}")
            .run();

    assertThat(Job.rows(result, "id, note")).containsExactly("1|é", "2|\ufffd");
  }

  @Test
  void aLineLongerThanTheLimitIsRejectedAndOneOfMegabytesIsNot() {
    String file =
        "id,note\n1,"
            + "x".repeat(CsvRecords.MAX_RECORD + 10)
            + "\n2,"
            + "y".repeat(5_000_000)
            + "\n3,z\n";

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "id, strlen(note)")).containsExactly("2|5000000", "3|1");
    assertThat(Job.query("SELECT line, reason, strlen(raw) FROM '" + result.rejects() + "'"))
        .containsExactly("2|The record is longer than 16 MiB.|65536");
  }

  /** The engine passes over them in silence, where their file is read as it is. */
  @Test
  void rowsLongerThanTheEnginesBufferAreKeptOrRejected() {
    String file =
        "id,note\n0,a\n1,"
            + "x".repeat(12 << 20)
            + "\n2,"
            + "y".repeat(CsvRecords.MAX_RECORD)
            + "\n3,b\n";

    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "id, strlen(note)")).containsExactly("0|1", "1|12582912", "3|1");
    assertThat(result.rejected()).isEqualTo(1);
  }

  private static List<String> rejects(TransformResult result) {
    return Job.query("SELECT line, byte_offset, raw, reason FROM '" + result.rejects() + "'");
  }
}
