package dev.odyssey.transform.file;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.transform.text.Names;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that are made of a source file before the engine reads it: all in the job's directory,
 * together no larger than the limit, and never the last of the disk. Not thread-safe.
 */
public final class Scratch {
  private static final long CHECK_EVERY = 64L << 20;
  private static final long KEPT_FREE = 64L << 20;

  private final String stream;
  private final Path directory;
  private final long maxBytes;
  private final ProgressMeter progress;
  private int files;
  private long written;
  private long rows;
  private long checkAt;

  /**
   * @param progress asked now and then whether to go on
   */
  public Scratch(String stream, Path directory, long maxBytes, ProgressMeter progress) {
    this.stream = stream;
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.progress = progress;
  }

  /** A new file's path: its name is ours, whatever the archive calls its member. */
  public Path path(String kind) {
    files++;
    return directory.resolve("source-" + files + "." + kind);
  }

  /**
   * The stream throws {@link PermanentFailure} beyond the limit and {@link TransientFailure} where
   * the disk is nearly full.
   */
  public OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(new Bounded(Files.newOutputStream(file)), 1 << 16);
  }

  /** One more row has been written, of whatever file. */
  public void countRow() {
    rows++;
    progress.made(written, rows);
  }

  public long written() {
    return written;
  }

  /** Finds a disk that is too small before anything is written. */
  void requireRoom(long bytes) throws IOException {
    requireWithinLimit(written + bytes);
    long free = Files.getFileStore(directory).getUsableSpace();
    if (bytes > free - KEPT_FREE) {
      throw new TransientFailure(
          "Stream %s: to unpack the source file takes %,d bytes, %,d of them to stay free, but the disk under WORK_DIR has only %,d."
              .formatted(Names.shown(stream), bytes + KEPT_FREE, KEPT_FREE, free),
          "Give WORK_DIR a larger disk; the job is tried again.");
    }
  }

  void requireWithinLimit(long bytes) {
    if (bytes > maxBytes) {
      throw new PermanentFailure(
          "Stream %s: the source file is larger than %,d bytes when unpacked."
              .formatted(Names.shown(stream), maxBytes),
          "Split the file or raise MAX_UNPACKED_BYTES, then redrive the job.");
    }
  }

  private final class Bounded extends FilterOutputStream {
    Bounded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      written += length;
      progress.made(written, rows);
      requireWithinLimit(written);
      if (written >= checkAt) {
        progress.requireNotStopped();
        requireRoom(0);
        checkAt = written + CHECK_EVERY;
      }
      out.write(bytes, offset, length);
    }
  }
}
