package dev.odyssey.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.queue.Attempt;
import dev.odyssey.settings.InvalidSettings;
import dev.odyssey.testing.Attempts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {
  @TempDir Path workDir;

  @Test
  void anAttemptsFilesAreRemovedWithItsDirectory() throws Exception {
    Attempt attempt = Attempts.numbered(1);
    try (var workspaces = new Workspaces(workDir)) {
      Path directory = workspaces.open(attempt);
      Files.createDirectories(directory.resolve("a/b"));
      Files.writeString(directory.resolve("a/b/file"), "data");

      workspaces.remove(attempt);

      assertThat(directory).doesNotExist();
    }
    assertThat(workDir).isEmptyDirectory();
  }

  @Test
  void attemptsAtOnceHaveRoomsOfTheirOwnAndLaterOnesHaveThoseAgain() throws Exception {
    try (var workspaces = new Workspaces(workDir)) {
      Attempt first = Attempts.numbered(1);
      Path room = workspaces.open(first).getParent();
      Path other = workspaces.open(Attempts.numbered(1)).getParent();

      assertThat(other).isNotEqualTo(room);
      assertThat(workspaces.open(first).getParent()).isEqualTo(room);
      workspaces.remove(first);
      assertThat(workspaces.open(Attempts.numbered(1)).getParent()).isEqualTo(room).isDirectory();
    }
  }

  @Test
  void whatADeadRunnerLeftIsRemovedAtStart() throws Exception {
    Path dead = Files.createDirectories(workDir.resolve("runner-dead/attempt"));
    Files.writeString(dead.resolve("source"), "data");
    Files.writeString(workDir.resolve("runner-dead.lock"), "");

    new Workspaces(workDir).close();

    assertThat(workDir).isEmptyDirectory();
  }

  @Test
  void aLivingRunnersFilesStay() throws Exception {
    try (var living = new Workspaces(workDir)) {
      Path directory = living.open(Attempts.numbered(1));

      new Workspaces(workDir).close();

      assertThat(directory).exists();
    }
  }

  @Test
  void theFilesOfARunnerInAnotherProcessStay() throws Exception {
    try (var living = new Workspaces(workDir)) {
      Path directory = living.open(Attempts.numbered(1));
      living.removeDead();

      assertThat(startAndStopElsewhere()).isZero();

      assertThat(directory).exists();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsAWrongSetting() throws Exception {
    Path file = Files.createFile(workDir.resolve("file"));

    assertThatThrownBy(() -> new Workspaces(file.resolve("work")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("WORK_DIR " + file);
  }

  private int startAndStopElsewhere() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherRunner.class.getName(),
            workDir.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  static final class OtherRunner {
    public static void main(String[] workDir) throws Exception {
      new Workspaces(Path.of(workDir[0])).close();
    }
  }
}
