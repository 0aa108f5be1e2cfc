package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.TransformSettings.RefHash;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hash of a number is made of the file's text where that is how the number would be printed.
 */
class RefOfLongNumbersTest {
  private static final List<String> ODD =
      List.of(
          "0.12345",
          "-0.12345",
          ".12345",
          "0.123450",
          "+0.12345",
          "00.12345",
          "1.5e-7",
          "-0",
          "0",
          "123456789012345",
          "1234567890123450",
          "100000000000000",
          "-100000000000000",
          "1.5",
          "",
          "99999999999999.99999",
          "-123456789012345.5",
          "0.00001",
          " 0.12345 ",
          "1_000.12345",
          "twelve",
          "1.12340",
          "100000.000010",
          "12345678901234.5678",
          "12345678901234.56789");

  @TempDir Path directory;

  /** As guessed from the first rows; measured, since an exponent has refuted the guess; told. */
  @ParameterizedTest
  @CsvSource({
    "number, 5, 'DECIMAL(38,20)', 3",
    "number, 1.5e-7, 'DECIMAL(38,20)', 3",
    "'decimal(38,19)', 5, 'DECIMAL(38,19)', 3",
    "'decimal(18,8)', 5, 'DECIMAL(18,8)', 11",
    "'decimal(18,2)', 5, 'DECIMAL(18,2)', 3"
  })
  void isThatOfTheStoredValue(String type, String more, String stored, long bad) throws Exception {
    Random random = new Random(7);
    Stream<String> printed =
        random
            .doubles(3_000, -0.5, 0.5)
            .mapToObj(d -> String.valueOf(d * Math.pow(10, random.nextInt(7))))
            .filter(text -> !text.contains("E"));
    String rows =
        Stream.concat(ODD.stream(), printed)
            .map(text -> "x," + text)
            .collect(Collectors.joining("\n"));

    TransformResult result =
        Job.in(directory)
            .file("k,a\n" + rows + "\n")
            .schema("k text", "a " + type)
            .config("{\"maxBadValueRatio\": 1}")
            .run();

    Map<String, String> columns = types(result.snapshot());
    assertThat(columns).containsEntry("a", stored);
    assertThat(again(result.snapshot(), columns))
        .containsEntry("wrong", 0L)
        .containsEntry("bad", bad);
  }

  private Map<String, Long> again(Path snapshot, Map<String, String> columns) throws Exception {
    Path room = Files.createDirectories(directory.resolve("again"));
    Path copy = Files.copy(snapshot, room.resolve("snapshot.parquet"));
    try (Engine engine = Engine.open(room, TransformSettings.defaults())) {
      return engine.counts(
          "SELECT count_if(\"$_ref\" IS DISTINCT FROM %s) AS wrong, count_if(a IS NULL) AS bad FROM read_parquet(%s)"
              .formatted(Ref.sql(columns, RefHash.V1), Sql.literal(copy.toString())));
    }
  }

  private static Map<String, String> types(Path snapshot) throws Exception {
    String type = Job.query("SELECT DISTINCT typeof(a) FROM '" + snapshot + "'").get(0);
    return new java.util.TreeMap<>(Map.of("k", "VARCHAR", "a", type)).descendingMap();
  }
}
