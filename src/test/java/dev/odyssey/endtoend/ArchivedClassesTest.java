package dev.odyssey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/archive-classes}, in a folder that is laid out as the container is. */
class ArchivedClassesTest {
  @TempDir static Path app;

  @BeforeAll
  static void archive() throws Exception {
    Path target = Path.of("target").toAbsolutePath();
    Files.copy(target.resolve("odyssey-runner.jar"), app.resolve("odyssey-runner.jar"));
    Files.createSymbolicLink(app.resolve("lib"), target.resolve("lib"));
    Files.createDirectory(app.resolve("bin"));
    for (String script : List.of("bin/odyssey", "bin/archive-classes")) {
      Files.copy(Path.of(script), app.resolve(script));
    }
    Files.createDirectory(app.resolve("routes"));
    try (Stream<Path> routes = Files.list(Path.of("routes"))) {
      for (Path route : routes.toList()) {
        Files.copy(route, app.resolve(route));
      }
    }
    assertThat(run("", "bin/archive-classes")).contains("odyssey-runner.jsa", "transform.jsa");
  }

  @Test
  void aStartTakesOurClassesFromTheArchive() throws Exception {
    assertThat(run("-Xlog:class+load", "bin/odyssey", "--version"))
        .containsPattern("dev.odyssey.cli.Odyssey source: shared objects file");
  }

  @Test
  void aChildTakesOurClassesAndTheEnginesFromTheArchive() throws Exception {
    assertThat(runChild("-Xlog:class+load:stderr"))
        .containsPattern("dev.odyssey.transform.Transform source: shared objects file")
        .containsPattern("org.duckdb.DuckDBDriver source: shared objects file");
  }

  @Test
  void anArchiveOfAnotherJarIsIgnoredWithoutAWord() throws Exception {
    Path jar = app.resolve("odyssey-runner.jar");
    FileTime before = Files.getLastModifiedTime(jar);
    try {
      Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));

      assertThat(run("", "bin/odyssey", "--version")).matches("odyssey \\S+\\s*");
      assertThat(runChild()).isEqualToIgnoringWhitespace("{\"type\":\"READY\"}");
    } finally {
      Files.setLastModifiedTime(jar, before);
    }
  }

  private static String runChild(String... jvmOptions) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        "odyssey-runner.jar"
            + File.pathSeparator
            + Path.of("target/test-classes").toAbsolutePath());
    command.add("dev.odyssey.isolation.OneChild");
    command.addAll(List.of(jvmOptions));
    return run("", command.toArray(String[]::new));
  }

  private static String run(String jvmOptions, String... command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(app.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", jvmOptions);
    Path output = app.resolve("output.log");
    Process process = builder.redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
