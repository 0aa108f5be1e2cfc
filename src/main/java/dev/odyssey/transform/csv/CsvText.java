package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.TextScan;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A CSV file, which is UTF-8 as far as it is known. Its beginning is known at once; all of its
 * bytes are looked at by other threads, while the engine begins to read them. Thread-safe.
 */
public final class CsvText {
  private static final long LARGE = 8 << 20;

  private final Path path;
  private final CsvLayout layout;
  private final TextScan beginning;
  private final long rows;
  private final List<String> doubts;
  private final FutureTask<TextScan> scan;
  private final FutureTask<Optional<CsvMarks>> uniformity;

  private CsvText(
      Path path, CsvLayout layout, TextScan beginning, long rows, FutureTask<TextScan> scan)
      throws IOException {
    this.path = path;
    this.layout = layout;
    this.beginning = beginning;
    this.rows = rows;
    this.scan = scan;
    this.doubts =
        Stream.concat(layout.doubt().stream(), CsvTail.doubt(path, layout).stream()).toList();
    this.uniformity = new FutureTask<>(() -> CsvUniformity.of(path, layout));
  }

  public static CsvText of(Path file, CsvDetector detector) throws IOException {
    FutureTask<TextScan> scan = new FutureTask<>(() -> TextScan.of(file));
    begin(scan);
    byte[] head = CsvDetector.head(file);
    TextScan beginning = TextScan.of(head);
    CsvLayout layout = detector.detect(head);
    return new CsvText(file, layout, beginning, rows(head, layout, Files.size(file)), scan);
  }

  /** By the line ends of the beginning: a value that has some makes a few too many of it. */
  private static long rows(byte[] head, CsvLayout layout, long size) {
    int end = layout.lineEnd().equals("\r") ? '\r' : '\n';
    long lines = 1;
    for (byte b : head) {
      lines += b == end ? 1 : 0;
    }
    return head.length == 0 ? 0 : Math.round((double) lines / head.length * size);
  }

  private static void begin(FutureTask<?> task) {
    Thread thread = new Thread(task, "csv-text");
    thread.setDaemon(true);
    thread.start();
  }

  public Path path() {
    return path;
  }

  public CsvLayout layout() {
    return layout;
  }

  /** Sentences where the table may be another than it looks. */
  public List<String> doubts() {
    return doubts;
  }

  /** About how many. */
  public long rows() {
    return rows;
  }

  /** True where it takes longer to look at all of its bytes than to begin anew. */
  public boolean isLarge() throws IOException {
    return Files.size(path) > LARGE;
  }

  /** What all its bytes say; waits for it. */
  public TextScan scan() throws IOException {
    return get(scan);
  }

  /** True where the engine reads what we would read, as far as the beginning tells. */
  public boolean beginsPlain() {
    return beginning.isPlain();
  }

  /** Begins to look at the width of every record; once, for a layout that the engine reads. */
  public void survey() {
    begin(uniformity);
  }

  /** Whether all records are as wide as the layout says, after {@link #survey}; waits for it. */
  public boolean isUniform() throws IOException {
    return get(uniformity).isPresent();
  }

  /** Of a uniform file; waits likewise. */
  public CsvMarks marks() throws IOException {
    return get(uniformity).orElseThrow();
  }

  private static <T> T get(FutureTask<T> task) throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the source file was looked at");
    }
  }
}
