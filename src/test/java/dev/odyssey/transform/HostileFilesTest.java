package dev.odyssey.transform;

import static dev.odyssey.transform.file.Pack.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.avro.AvroTest;
import dev.odyssey.transform.excel.Workbook;
import dev.odyssey.transform.file.Pack;
import dev.odyssey.transform.source.Parquet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files of every format: each gives a result or says what is wrong, and none hangs. */
class HostileFilesTest {
  private static final int MUTATIONS = Integer.getInteger("odyssey.mutations", 20);
  private static final String CSV = "id,name,at\n1,\"a, b\",2026-01-01\n2,é,\n3,\"c\nd\",x\n";

  static Stream<Arguments> files() throws Exception {
    String json = "[{\"id\":1,\"a\":{\"b\":[1,2,\"x\"]}},{\"id\":2,\"t\":\"\\u00e9\"}]";
    return Stream.of(
        Arguments.of("csv", bytes(CSV.repeat(20))),
        Arguments.of("json", bytes(json)),
        Arguments.of("ndjson", bytes("{\"id\":1,\"n\":\"x\"}\n{\"id\":2,\"n\":[1]}\n".repeat(20))),
        Arguments.of("gzip", Pack.gzip(CSV.repeat(50))),
        Arguments.of("zstd", Pack.zstd(CSV.repeat(50))),
        Arguments.of("bzip2", Pack.bzip2(CSV.repeat(50))),
        Arguments.of("xz", Pack.xz(CSV.repeat(50))),
        Arguments.of("zip", Pack.zip(Map.of("a.csv", bytes(CSV), "b.json", bytes(json)))),
        Arguments.of("xlsx", Workbook.sample()),
        Arguments.of("avro", AvroTest.sample()),
        Arguments.of("parquet", parquet()));
  }

  private static byte[] parquet() throws Exception {
    Path file = Files.createTempFile("sample", ".parquet");
    Parquet.write(
        file,
        "SELECT i AS id, 'text ' || i AS t, [i, 2] AS l, {'a': i} AS s, i::DECIMAL(18,3) AS d"
            + " FROM range(500) r(i)");
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsOrRefusesEveryDamagedFile(String format, byte[] sound, @TempDir Path directory)
      throws Exception {
    SplittableRandom random = new SplittableRandom(format.hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = damage(sound, random);
      Path job = Files.createDirectory(directory.resolve("job" + i));
      try {
        Job.in(job).file(damaged).run();
      } catch (PermanentFailure refused) {
        assertThat(refused.getMessage()).startsWith("Stream \"orders\": ").hasSizeGreaterThan(30);
        assertThat(refused.advice()).isNotBlank();
      } catch (Throwable other) {
        Path kept = Files.write(Files.createTempFile("damaged-" + format, ""), damaged);
        throw new AssertionError("mutation " + i + " of " + format + ", kept as " + kept, other);
      }
    }
  }

  private static byte[] damage(byte[] sound, SplittableRandom random) {
    byte[] bytes = sound.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, at);
      case 1 -> {
        for (int i = 0; i < 5; i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> Arrays.fill(bytes, at, Math.min(at + 20, bytes.length), (byte) random.nextInt(256));
      case 3 -> bytes = Pack.joined(Arrays.copyOf(bytes, at), sound);
      default -> {
        List<Integer> extremes = List.of(0, 0x7f, 0x80, 0xff);
        bytes[at] = (byte) (int) extremes.get(random.nextInt(extremes.size()));
      }
    }
    return bytes;
  }
}
