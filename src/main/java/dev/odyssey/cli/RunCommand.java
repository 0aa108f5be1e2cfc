package dev.odyssey.cli;

import dev.odyssey.Runner;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the service until SIGTERM or Ctrl-C. */
@Command(name = "run", description = "Runs the service until SIGTERM or Ctrl-C.")
final class RunCommand implements Callable<Integer> {
  @Mixin private Configuration configuration;

  @Override
  public Integer call() throws Exception {
    Map<String, String> values = configuration.values();
    configureLogging(values);
    Logger log = LoggerFactory.getLogger(RunCommand.class);
    configuration.doubts().forEach(log::warn);
    var runner = new AtomicReference<Runner>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(runner.get()), "shutdown"));
    runner.set(Runner.start(values));
    new CountDownLatch(1).await(); // the shutdown hook ends the process
    return 0;
  }

  private static void configureLogging(Map<String, String> values) {
    Settings settings = new Settings(values::get);
    String level = logLevel(settings);
    String format = logFormat(settings);
    settings.verify();
    System.setProperty("LOG_LEVEL", level); // logback.xml reads them when the first logger is made
    System.setProperty("LOG_FORMAT", format);
  }

  static String logLevel(Settings settings) {
    return settings.oneOf("LOG_LEVEL", "trace", "debug", "info", "warn", "error");
  }

  static String logFormat(Settings settings) {
    return settings.oneOf("LOG_FORMAT", "text", "json");
  }

  /** A JVM that a signal ends has exit code 143, unless it is halted with another. */
  private static void stop(Runner runner) {
    if (runner == null) {
      return; // it never started
    }
    Logger log = LoggerFactory.getLogger(RunCommand.class);
    int exitCode = 0;
    try {
      log.info("Shutting down");
      runner.stop();
      log.info("Stopped");
    } catch (Exception e) {
      log.error("Shutdown failed", e);
      exitCode = 1;
    }
    removeLibrary();
    Runtime.getRuntime().halt(exitCode);
  }

  /**
   * The engine's library that the driver unpacked for this process, 60 MB, where it did: it is
   * removed at exit, and so by no halt. Linux alone tells which file it is.
   */
  private static void removeLibrary() {
    String mark = Path.of(System.getProperty("java.io.tmpdir"), "libduckdb_java").toString();
    try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
      for (String line : mapped.filter(text -> text.contains(" " + mark)).toList()) {
        Files.deleteIfExists(Path.of(line.substring(line.indexOf(mark))));
      }
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      LoggerFactory.getLogger(RunCommand.class)
          .debug("The engine's library stays: {}", e.toString());
    }
  }
}
