package dev.odyssey.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.UUID;

/** A stream of the matrix: what its source holds now, and what it held at the sync before. */
final class Subject {
  private final UUID streamId;
  private final Path file;
  private Table before = Table.EMPTY;
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
    return now;
  }

  /** What the next run has to count. */
  Table.Difference difference() {
    return now.from(before);
  }

  /** Gives the source its next version. */
  void change(Random random) throws IOException {
    before = now;
    now = before.next(random);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.createDirectories(file.getParent());
    Files.writeString(part, now.csv());
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
