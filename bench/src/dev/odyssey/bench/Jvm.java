package dev.odyssey.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of JVMs. */
public final class Jvm {
  private static final String SERVICE = "dev.odyssey.cli.Odyssey";

  private Jvm() {}

  /** With this JVM's class path. */
  public static List<String> command(List<String> options, String main, String... arguments) {
    return java(options, System.getProperty("java.class.path"), main, arguments);
  }

  /**
   * The service as {@code bin/odyssey} starts it, with its class archives, where {@code bench/run}
   * has prepared them; in a test, which runs before there is a jar, with this JVM's class path.
   *
   * @param more goes behind the service's class path
   */
  static List<String> service(List<String> options, List<Path> more) throws IOException {
    String home = System.getProperty("bench.home", "");
    if (home.isEmpty()) {
      return command(options, SERVICE, "run");
    }
    List<String> all = new ArrayList<>(options);
    all.add("-XX:SharedArchiveFile=" + Path.of(home, "odyssey-runner.jsa"));
    return java(all, classPath(Path.of(home), more), SERVICE, "run");
  }

  /** In the order of {@code bin/odyssey}: an archive is good for one only. */
  private static String classPath(Path home, List<Path> more) throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      Stream<Path> sorted = jars.filter(jar -> jar.toString().endsWith(".jar")).sorted();
      Stream<Path> own = Stream.concat(Stream.of(home.resolve("odyssey-runner.jar")), sorted);
      return Stream.concat(own, more.stream())
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static List<String> java(
      List<String> options, String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return command;
  }
}
