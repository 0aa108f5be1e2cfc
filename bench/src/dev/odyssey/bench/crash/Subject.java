package dev.odyssey.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.UUID;

/** A stream of the matrix: what its source holds now, and what its last snapshot has to hold. */
final class Subject {
  private final UUID streamId;
  private final Path file;
  private Table published = Table.EMPTY;
  private Table now = Table.EMPTY;

  Subject(UUID streamId, Path file) {
    this.streamId = streamId;
    this.file = file;
  }

  UUID streamId() {
    return streamId;
  }

  /** Rows that the current snapshot has to hold. */
  Table table() {
    return published;
  }

  /** The next run completes; returns what it has to count. */
  Table.Difference publish() {
    Table.Difference difference = now.from(published);
    published = now;
    return difference;
  }

  /** Gives the source its next version. */
  void change(Random random) throws IOException {
    now = now.next(random);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.getParent());
    Files.writeString(part, now.csv());
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The source's file is gone, for a while. */
  void hide() throws IOException {
    Files.move(file, hidden());
  }

  void show() throws IOException {
    Files.move(hidden(), file);
  }

  private Path hidden() {
    return file.resolveSibling(file.getFileName() + ".hidden");
  }
}
