package dev.odyssey.work;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/** Whole folders, in which a process may still be writing. Stateless. */
public final class Folders {
  private static final int TRIES = 3;

  private Folders() {}

  /** Deletes a folder and all in it; does nothing where there is none. Follows no link. */
  public static void delete(Path folder) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        Files.walkFileTree(folder, new Deletion());
        return;
      } catch (DirectoryNotEmptyException e) {
        if (tries == TRIES) { // something keeps writing
          throw e;
        }
      }
    }
  }

  /** What its files take; those that go meanwhile do not count. */
  public static long bytes(Path folder) throws IOException {
    var bytes = new AtomicLong();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return bytes.get();
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
