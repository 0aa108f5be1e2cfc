package dev.odyssey.isolation;

import dev.odyssey.transform.TransformSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a child is started. Immutable; makes the engine kit when it is made, where none is prepared.
 */
final class ChildCommand {
  /**
   * Limits what the child's memory may grow to, and offers it to the kernel's out-of-memory killer
   * before anything else. Each where the system has it: neither needs a privilege. Only written
   * memory counts (ulimit -d): a limit on addresses (-v) would refuse what a JVM only reserves.
   */
  private static final String LIMITS =
      "ulimit -c 0; [ \"$1\" = 0 ] || ulimit -d \"$1\"; echo 1000 > /proc/self/oom_score_adj;"
          + " shift; exec \"$@\"";

  static final Path SHELL = Path.of("/bin/sh");

  /** In the prepared kit: its classes, and those of a child, as the JVM holds them in memory. */
  static final String ARCHIVE = "transform.jsa";

  private final Path engine;
  private final List<String> classPath;
  private final IsolationSettings settings;
  private final long memoryKib;

  /**
   * @param directory for an engine kit; empty
   */
  ChildCommand(Path directory, IsolationSettings settings, TransformSettings transform)
      throws IOException {
    this.settings = settings;
    this.memoryKib = MemoryLimit.kib(settings.heapMib(), transform);
    if (EngineKit.isIn(EngineKit.prepared())) {
      this.engine = EngineKit.prepared();
      this.classPath = classPath(engine);
    } else {
      this.engine = directory;
      this.classPath = classPath(EngineKit.unpack(directory) ? directory : null);
    }
  }

  /** In the directory, with nothing of the runner's environment: it holds credentials. */
  ProcessBuilder in(Path directory) {
    return in(directory, archive());
  }

  /** Likewise, with options of the JVM in place of those that name an archive. */
  ProcessBuilder in(Path directory, List<String> options) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      command.addAll(List.of(SHELL.toString(), "-c", LIMITS, "odyssey", "" + memoryKib));
    }
    command.addAll(java(directory, options));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "LC_ALL", "C.UTF-8", //
                "HOME", directory.toString(),
                "MALLOC_ARENA_MAX", "2",
                "DUCKDB_JE_MALLOC_CONF", "retain:false")); // what is kept unused counts for ulimit
    return builder;
  }

  /** Where it does not fit, for another JVM or jar, the child goes without, and need not say so. */
  private List<String> archive() {
    Path archive = engine.resolve(ARCHIVE);
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }

  private List<String> java(Path directory, List<String> options) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.addAll(options);
    java.addAll(CompilerOptions.ALL);
    java.addAll(
        List.of(
            "-Xmx" + settings.heapMib() + "m",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr", // standard output is for messages alone
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + directory,
            "-Djava.library.path=" + engine,
            "-cp",
            String.join(File.pathSeparator, classPath),
            ChildMain.class.getName()));
    return java;
  }

  /**
   * The jar that we are from and what its manifest names, so that it works from {@code camel run}
   * too, whose own class path has neither; from loose classes, the class path of this JVM.
   *
   * @param kit of which the driver's jar and ours are taken in place of their own; null for none
   */
  private static List<String> classPath(Path kit) throws IOException {
    Path own = EngineKit.own();
    List<Path> jars = new ArrayList<>();
    if (kit != null) {
      jars.add(EngineKit.jarIn(kit));
    }
    if (Files.isDirectory(own)) {
      parts(System.getProperty("java.class.path"), File.pathSeparator)
          .forEach(entry -> jars.add(Path.of(entry).toAbsolutePath()));
    } else {
      jars.add(kit == null ? own : EngineKit.ownIn(kit, own));
      named(own).map(own::resolveSibling).forEach(jars::add);
    }
    if (kit != null) {
      jars.remove(EngineKit.driver());
    }
    return jars.stream().map(Path::toString).toList();
  }

  private static Stream<String> named(Path jar) throws IOException {
    try (var opened = new JarFile(jar.toFile())) {
      return parts(opened.getManifest().getMainAttributes().getValue(Name.CLASS_PATH), " ");
    }
  }

  private static Stream<String> parts(String classPath, String separator) {
    return Pattern.compile(separator, Pattern.LITERAL).splitAsStream(classPath);
  }
}
