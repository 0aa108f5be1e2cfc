package dev.odyssey.bench.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one run of the matrix found, as a file: several run at once, and their parts make one table.
 *
 * @param lost after the last case, as {@code wrong}
 */
record Part(List<Line> lines, List<String> lost, List<String> wrong) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A case.
   *
   * @param recovery null where there was nothing to recover
   */
  record Line(
      String of, List<String> lost, List<String> duplicated, List<String> wrong, Double recovery) {

    static Line of(Outcome outcome) {
      return new Line(
          outcome.of().toString(),
          outcome.lost(),
          outcome.duplicated(),
          outcome.wrong(),
          outcome.recovery().isPresent() ? outcome.recovery().getAsDouble() : null);
    }

    Outcome outcome() {
      return new Outcome(
          Case.parse(of),
          lost,
          duplicated,
          wrong,
          recovery == null ? OptionalDouble.empty() : OptionalDouble.of(recovery));
    }
  }

  static Part read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), Part.class);
  }

  void write(Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(this));
  }
}
