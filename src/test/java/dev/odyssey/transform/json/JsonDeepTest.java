package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Objects deep within one another as the engine's structs. */
class JsonDeepTest {
  @TempDir Path directory;

  /** Of a struct's comparison the engine makes two for each level. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsDeepInsideMayHaveAnotherType() {
    TransformResult first = structs(rows(40, "1", "\"x\"")).run();

    TransformResult second =
        structs(rows(40, "1", "2")).after(first, Instant.parse("2026-03-02T00:00:00Z")).run();

    assertThat(Job.rows(first, "typeof(v)").get(0)).startsWith("STRUCT(");
    assertThat(Job.rows(second, "id, \"$_operation\"")).containsExactly("1|NO_CHANGE", "2|UPDATE");
    assertThat(second.details().at("/schema/retyped")).hasSize(1);
  }

  @Test
  void whatIsDeeperThanTheEngineComputesWithStaysJson() {
    TransformResult result = structs(rows(900, "1", "2")).run();

    assertThat(Job.rows(result, "v")).containsExactly(deep(900, "1"), deep(900, "2"));
  }

  /** Such rows the engine takes for values of one kind, where it is asked for one column alone. */
  @Test
  void aColumnBesideHundredsOfRareOnesHasItsOwnType() {
    String rows =
        IntStream.range(0, 250)
            .mapToObj(
                i -> "{\"id\":%d,\"v\":[\"x%1$d\"],\"a%1$d\":\"y\",\"b%1$d\":\"y\"}".formatted(i))
            .collect(Collectors.joining("\n"));

    TransformResult result = structs(rows).mapping("id", "id").mapping("v", "v").run();

    assertThat(Job.rows(result, "id, typeof(v), v").get(7)).isEqualTo("7|VARCHAR[]|[x7]");
  }

  /** The engine's parser takes it for the end of the query. */
  @Test
  void aKeyWithNulStaysJson() {
    TransformResult result = structs("{\"id\":1,\"v\":{\"k\\u0000\":2},\"w\":{\"k\":3}}").run();

    assertThat(Job.rows(result, "v, typeof(w)").get(0))
        .isEqualTo("{\"k\\u0000\":2}|STRUCT(k DECIMAL(20,0))");
  }

  /** With a column of Parquet for each the engine wants more memory than it has. */
  @Test
  void aThousandFieldsAreKeysOfValues() {
    TransformResult result =
        structs("{\"id\":1,\"v\":%s,\"w\":%s}".formatted(keys(1_000), keys(1_001))).run();

    assertThat(Job.rows(result, "typeof(v)").get(0)).startsWith("STRUCT(k0 ");
    assertThat(Job.rows(result, "w")).containsExactly(keys(1_001));
  }

  private static String keys(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k%d\":[%1$d]".formatted(i))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private Job structs(String json) {
    return Job.in(directory).key("id").config("{'nested': 'struct'}").file(json);
  }

  private static String rows(int levels, String first, String second) {
    return "{\"id\":1,\"v\":%s}\n{\"id\":2,\"v\":%s}\n"
        .formatted(deep(levels, first), deep(levels, second));
  }

  private static String deep(int levels, String value) {
    return "{\"a\":".repeat(levels) + value + "}".repeat(levels);
  }
}
