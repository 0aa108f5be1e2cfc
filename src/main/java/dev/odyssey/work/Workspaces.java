package dev.odyssey.work;

import dev.odyssey.queue.Attempt;
import dev.odyssey.settings.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One directory for each attempt, alone in a room, under one for each living runner, under {@code
 * WORK_DIR}. Rooms are used again, by one attempt after the other.
 *
 * <p>A runner holds a file lock on its directory as long as it lives; at start, what runners left
 * behind whose lock is free is removed. Thread-safe.
 */
public final class Workspaces implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
  private static final String PREFIX = "runner-";

  /**
   * Homes of runners in this process. Their locks must not be looked at from here: POSIX drops a
   * process's lock as soon as the process closes any descriptor of the file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path workDir;
  private final Path home;
  private final FileChannel lockFile;
  private final Map<UUID, Path> rooms = new ConcurrentHashMap<>(); // by the attempt's token

  /**
   * @param workDir is created where missing
   * @throws InvalidSettings naming the directory when it cannot be written
   */
  public Workspaces(Path workDir) {
    this.workDir = workDir.toAbsolutePath();
    this.home = this.workDir.resolve(PREFIX + UUID.randomUUID());
    OURS.add(home);
    try {
      Files.createDirectories(workDir);
      this.lockFile =
          FileChannel.open(lockOf(home), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (lockFile.tryLock() == null) {
        throw new IOException("a new lock is taken");
      }
      Files.createDirectory(home); // after its lock, so that no other runner takes it for dead
      removeDead();
    } catch (IOException e) {
      throw new InvalidSettings(List.of("WORK_DIR " + workDir + " cannot be used: " + e));
    }
  }

  /** The attempt's own, empty directory. */
  public Path open(Attempt attempt) {
    Path directory = roomOf(attempt).resolve(attempt.token().toString());
    try {
      Folders.delete(directory);
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The attempt's, else the first that is free. */
  private synchronized Path roomOf(Attempt attempt) {
    Path room = rooms.get(attempt.token());
    for (int number = 1; room == null; number++) {
      Path next = home.resolve("room-" + number);
      room = rooms.containsValue(next) ? null : next;
    }
    rooms.put(attempt.token(), room);
    return room;
  }

  /** A directory of this runner's own, made where it is missing; goes with the runner. */
  public Path own(String name) {
    try {
      return Files.createDirectories(home.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the attempt's directory and all in it; repeatable. */
  public void remove(Attempt attempt) {
    if (attempt != null && attempt.token() != null && rooms.containsKey(attempt.token())) {
      try {
        Folders.delete(rooms.get(attempt.token()).resolve(attempt.token().toString()));
        rooms.remove(attempt.token()); // else nobody gets the room again
      } catch (IOException e) {
        LOG.warn("Work files of run {} could not be removed: {}", attempt.runId(), e.toString());
      }
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(home);
    lockFile.close();
    Files.deleteIfExists(lockOf(home));
    OURS.remove(home);
  }

  private static Path lockOf(Path runner) {
    return runner.resolveSibling(runner.getFileName() + ".lock");
  }

  /** Removes what runners left behind that are dead. */
  public void removeDead() throws IOException {
    List<Path> runners;
    try (Stream<Path> entries = Files.list(workDir)) {
      runners =
          entries
              .filter(p -> p.getFileName().toString().startsWith(PREFIX))
              .filter(Files::isDirectory)
              .filter(p -> !OURS.contains(p))
              .toList();
    }
    for (Path runner : runners) {
      if (isDead(runner)) {
        LOG.info("Removing work files that a dead runner left in {}", runner);
        clear(runner);
      }
    }
  }

  /** Its children may need a moment to notice that it is dead: then the next start removes it. */
  private static void clear(Path runner) {
    try {
      Folders.delete(runner);
      Files.deleteIfExists(lockOf(runner));
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", runner, e.toString());
    }
  }

  private static boolean isDead(Path runner) throws IOException {
    try (FileChannel channel = FileChannel.open(lockOf(runner), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free != null;
    } catch (NoSuchFileException e) {
      return true; // its runner was stopped while it cleaned up
    }
  }
}
