package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code bin/odyssey} in this JVM. */
final class Cli {
  private final Path config;

  /** What a command printed. */
  record Answer(int exitCode, String out, String err) {
    JsonNode json() throws JsonProcessingException {
      return new ObjectMapper().readTree(out);
    }
  }

  /**
   * @param directory where the settings' file goes
   */
  Cli(Path directory, Map<String, String> settings) throws IOException {
    this.config = directory.resolve("odyssey.properties");
    var properties = new Properties();
    properties.putAll(settings);
    try (Writer file = Files.newBufferedWriter(config)) {
      properties.store(file, null);
    }
  }

  Answer run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    return runBare(all.toArray(String[]::new));
  }

  /** With no settings but those of the environment. */
  Answer runBare(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Odyssey.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Answer(exitCode, out.toString(), err.toString());
  }
}
