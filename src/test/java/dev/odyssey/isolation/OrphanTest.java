package dev.odyssey.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.work.Workspaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner that is killed takes its children along, and the next one clears up. */
class OrphanTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path workDir;

  @Test
  void childrenDieWithTheirRunnerAndItsFilesGo() throws Exception {
    Process runner = startRunner();
    try {
      Path begun = workDir.resolve("begun");
      await().atMost(PATIENCE).until(() -> Files.exists(begun) || !runner.isAlive());
      List<Long> children = Processes.childrenOf(runner.toHandle()).toList();
      assertThat(children).hasSize(1);

      Processes.kill("KILL", runner.pid());

      await().atMost(PATIENCE).until(() -> ProcessHandle.of(children.get(0)).isEmpty());
      new Workspaces(workDir).close();
      assertThat(workDir).isDirectoryNotContaining("glob:**runner-*");
    } finally {
      runner.destroyForcibly();
    }
  }

  private Process startRunner() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Runner.class.getName(),
            workDir.toString())
        .inheritIO()
        .start();
  }

  /** The part of a runner that matters here: it begins a long transform. */
  static final class Runner {
    public static void main(String[] arguments) throws Exception {
      Path workDir = Path.of(arguments[0]);
      var workspaces = new Workspaces(workDir);
      var progress = new ProgressMeter();
      var request = Work.lengthy(workspaces.own("job"));
      var transforms =
          new IsolatedTransform(
              workspaces.own("children"), Work.settings(), TransformSettings.defaults());
      var work = new Thread(() -> transforms.run(request, progress));
      work.start();
      await().atMost(PATIENCE).until(() -> !progress.progress().step().equals("beginning"));
      Files.createFile(workDir.resolve("begun"));
      work.join();
    }
  }
}
