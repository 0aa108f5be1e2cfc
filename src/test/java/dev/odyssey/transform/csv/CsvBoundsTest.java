package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.odyssey.transform.options.SourceOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that never end: no more of them is held than the longest record that is taken. */
class CsvBoundsTest {
  private static final CsvDialect COMMAS = new CsvDialect(",", "\"", "\"", "", "", false);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "fields, ',', ',', The row has more fields than there are columns.",
    "text, x, x, The record is longer than 16 MiB.",
    "blanks, ' ', ' ', The record is longer than 16 MiB.",
    "doubled quotes, '\"', '\"', A quote is never closed.",
    "blanks behind a quote, '\"x\"', ' ', A quote is never closed.",
  })
  void aRecordWithoutEndIsGivenUpInTime(String what, String begin, String filler, String fault)
      throws IOException {
    var filling = new Filling(filler.charAt(0));
    InputStream in =
        new SequenceInputStream(bytes(begin), new SequenceInputStream(filling, bytes("\n7,8\n")));
    try (CsvRecords records = new CsvRecords(in, COMMAS)) {
      assertThat(records.next()).as(what).isTrue();
      assertThat(records.fault()).isEqualTo(fault);

      assertThat(records.next()).isTrue();
      assertThat(records.fields().text(1)).isEqualTo("8");
      assertThat(filling.mostWanted).isLessThan(4 * CsvRecords.MAX_RECORD);
    }
  }

  /** A hole of a file takes no disk: how far back the line began no longer fits into 32 bits. */
  @Test
  void aLineOfMoreThanTwoGigabytesIsNotForTheEngine() throws IOException {
    Path file = Files.writeString(directory.resolve("source"), "a,b\n1,2\n3,4\n5,6\n7,");
    CsvOptions options = CsvOptions.of(new SourceOptions("s", MissingNode.getInstance()));
    CsvLayout layout = new CsvDetector(options, List.of()).detect(Files.readAllBytes(file));
    try (var holes = new RandomAccessFile(file.toFile(), "rw")) {
      holes.setLength((2L << 30) + (3 << 20));
    }

    assertThat(CsvUniformity.of(file, layout)).isEmpty();
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 80 MB of one character; knows how large the buffers are into which it is read. */
  private static final class Filling extends InputStream {
    private final byte filler;
    private long left = 80_000_000;
    private int mostWanted;

    Filling(char filler) {
      this.filler = (byte) filler;
    }

    @Override
    public int read() {
      return left-- > 0 ? filler : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      mostWanted = Math.max(mostWanted, length);
      int read = (int) Math.min(left, length);
      Arrays.fill(to, offset, offset + read, filler);
      left -= read;
      return read > 0 ? read : -1;
    }
  }
}
