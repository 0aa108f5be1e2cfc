package dev.odyssey.transform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetTest {
  @TempDir Path directory;

  @Test
  void textsThatMeanNothingAreNull() {
    Path file =
        Parquet.write(
            directory.resolve("source"), "SELECT unnest(['NA', '5']) AS n, unnest([1, 2]) AS i");
    Job job = Job.in(directory).sourceAt(file).config("{'nullValues': 'NA'}").schema("n integer");

    TransformResult result = job.mapping("n", "n").mapping("i", "i").run();

    assertThat(Job.rows(result, "i, n")).containsExactly("1|~", "2|5");
    assertThat(result.details().has("badValues")).isFalse();
  }

  @Test
  void keepsTypesAndReachesNestedFields() {
    Path file =
        Parquet.write(
            directory.resolve("source"),
            "SELECT 255::UTINYINT AS u, 1.10::DECIMAL(9,2) AS d, {'city': 'Bern', 'tags': ['a']} AS"
                + " s, TIMESTAMPTZ '2026-03-04 05:06:07+01' AS at, 'x'::BLOB AS b");

    TransformResult all = Job.in(directory).sourceAt(file).run();
    assertThat(Job.rows(all, "u, d, s.city, s.tags[1], \"at\"::VARCHAR, b::VARCHAR"))
        .containsExactly("255|1.10|Bern|a|2026-03-04 04:06:07+00|x");

    TransformResult one = Job.in(directory).sourceAt(file).mapping("s.city", "city").run();
    assertThat(Job.rows(one, "city")).containsExactly("Bern");
  }

  /** As in a text, 1.5 is no integer and 9 says neither true nor false. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "DOUBLE; integer; 1.5, 3.0, 1e17, NaN; ~, 3, 100000000000000000, ~",
        "DECIMAL(38,20); integer; 0.5, 12345678901234567.00000000000000000001, 7; ~, ~, 7",
        "INTEGER; boolean; 0, 1, 9; false, true, ~",
        "DOUBLE; boolean; 0, 1, NaN; false, true, ~",
        "FLOAT; decimal(38,10); 2.5, 0.1; 2.5000000000, 0.1000000000",
        "DOUBLE; decimal(38,10); 1e17, 0.1; 100000000000000000.0000000000, 0.1000000000",
        "DOUBLE; decimal(12,2); 1.1368683772161603e-13, 1e12, 2.5; 0.00, ~, 2.50",
        "TIMESTAMP; time; infinity, 2026-01-02 03:04:05; ~, 03:04:05",
        "DATE; timestamptz; 5881580-07-10, 2026-01-02; ~, 2026-01-02 00:00:00+00",
        "TIMESTAMP; timestamptz; 294247-01-10 04:00:54.775806, 2026-01-02; ~, 2026-01-02"
            + " 00:00:00+00"
      })
  void readsWhatAValueSaysAndNoMore(String has, String type, String values, String wanted) {
    Path file =
        Parquet.write(
            directory.resolve("source"),
            "SELECT unnest(string_split('%s', ', '))::%s AS v".formatted(values, has));

    TransformResult result =
        Job.in(directory)
            .sourceAt(file)
            .schema("v " + type)
            .config("{'maxBadValueRatio': 1}")
            .run();

    assertThat(Job.rows(result, "v::VARCHAR")).containsExactly(wanted.split(", "));
  }

  /** JSON is read as the text in it, so that its long numbers and its dates are those of a CSV. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "number; 12345678901234567; 12345678901234567.0000000000",
        "integer; 1.5; ~",
        "integer; \"0x1F\"; ~",
        "integer; \"7\"; 7",
        "double; 1e400; ~",
        "date; \"26-01-02\"; ~",
        "date; \"2026-01-02\"; 2026-01-02",
        "boolean; \"yes\"; true",
        "date; null; ~"
      })
  void readsTheTextInJson(String type, String value, String wanted) {
    Path file =
        Parquet.write(
            directory.resolve("source"), "SELECT '{\"a\": %s}'::JSON AS doc".formatted(value));

    TransformResult result =
        Job.in(directory)
            .sourceAt(file)
            .schema("v " + type)
            .config("{'maxBadValueRatio': 1}")
            .transform("v", "json_extract(doc, '$.a')")
            .run();

    assertThat(Job.rows(result, "v")).containsExactly(wanted);
  }

  @Test
  void keepsTheDigitsInJson() {
    Path file = Parquet.write(directory.resolve("source"), "SELECT '{\"a\": 1.10}'::JSON AS doc");

    TransformResult result = Job.in(directory).sourceAt(file).schema("doc json").run();

    assertThat(Job.rows(result, "doc")).containsExactly("{\"a\": 1.10}");
  }

  /** Twelve bytes, as Spark and Impala wrote them: the nanoseconds of a Julian day. */
  @Test
  void readsTimestampsOfOldWriters() throws Exception {
    Path file = directory.resolve("source");
    MessageType type =
        MessageTypeParser.parseMessageType("message m { required int32 id; optional int96 seen; }");
    write(
        file,
        type,
        row(type, 1, new NanoTime(2460311, 45296123456000L)),
        row(type, 2, null),
        row(type, 3, new NanoTime(2440587, 86399999999999L)));

    TransformResult result =
        Job.in(directory).sourceAt(file).schema("id integer", "seen timestamptz").run();

    assertThat(Job.rows(result, "id, seen::VARCHAR"))
        .containsExactly(
            "1|2024-01-01 12:34:56.123456+00", "2|~", "3|1969-12-31 23:59:59.999999+00");
  }

  /** The engine makes 351843720888320.0 of a 1.25 in 26 bytes. */
  @ParameterizedTest
  @CsvSource({"money, money", "nested, nested", "nested.money, nested"})
  void refusesDecimalsOfMoreDigitsThanItCanHold(String source, String column) throws Exception {
    Path file = directory.resolve("source");
    String money = "optional fixed_len_byte_array(26) money (DECIMAL(60, 2));";
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required int32 id; %s optional group nested { required int32 n; %1$s } required int32 last; }"
                .formatted(money));
    SimpleGroup row = new SimpleGroup(type);
    row.add("id", 7);
    row.add("last", 9);
    write(file, type, row);

    assertThatThrownBy(() -> Job.in(directory).sourceAt(file).mapping(source, "m").run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "column \"%s\" has decimals of more than 38 digits".formatted(column));
    TransformResult others =
        Job.in(directory).sourceAt(file).mapping("id", "id").mapping("last", "last").run();
    assertThat(Job.rows(others, "id, last")).containsExactly("7|9");
  }

  /** The engine takes twice as long for each level: for forty, years. */
  @Test
  void refusesListsTooDeepWithinOneAnother() {
    String type = "BIGINT" + "[]".repeat(40);
    Path file =
        Parquet.write(directory.resolve("source"), "SELECT 7 AS id, NULL::%s AS n".formatted(type));

    assertThatThrownBy(() -> Job.in(directory).sourceAt(file).run())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"n\" has lists or maps too deep within one another");
    assertThat(Job.rows(Job.in(directory).sourceAt(file).mapping("id", "id").run(), "id"))
        .containsExactly("7");
  }

  private static void write(Path file, MessageType type, SimpleGroup... rows) throws IOException {
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withConf(new PlainParquetConfiguration())
            .build()) {
      for (SimpleGroup row : rows) {
        writer.write(row);
      }
    }
  }

  private static SimpleGroup row(MessageType type, int id, NanoTime seen) {
    SimpleGroup row = new SimpleGroup(type);
    row.add("id", id);
    if (seen != null) {
      row.add("seen", seen);
    }
    return row;
  }

  /** Types so new that few readers know them. */
  @Test
  void writesVariantAndGeometryAsTexts() {
    Path file =
        Parquet.write(
            directory.resolve("source"),
            "SELECT {'a': 1}::VARIANT AS v," + " 'POINT(1 2)'::GEOMETRY('OGC:CRS84') AS g");

    TransformResult result = Job.in(directory).sourceAt(file).run();

    assertThat(Job.rows(result, "v, typeof(v), g, typeof(g)"))
        .containsExactly("{\"a\":1}|JSON|POINT (1 2)|VARCHAR");
  }

  @Test
  void unitesFilesByName() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("source"));
    Parquet.write(folder.resolve("000000-a.parquet"), "SELECT 1 AS id, 'a' AS n");
    Parquet.write(folder.resolve("000001-b.parquet"), "SELECT 'b' AS n, 2.5 AS price, 2 AS id");

    TransformResult result = Job.in(directory).sourceAt(folder).run();

    assertThat(Job.rows(result, "id, n, price")).containsExactly("1|a|~", "2|b|2.5");
  }

  /** As pandas writes a column of None: its rows say nothing of what the column was before. */
  @Test
  void keepsTheTypeOfAColumnThatHasNone() throws Exception {
    Path first =
        Parquet.write(
            directory.resolve("first"),
            "SELECT 1 AS id, 'x' AS n, 1.5::DOUBLE AS d, {'a': 1} AS s");
    TransformResult before = Job.in(directory).sourceAt(first).key("id").run();
    Path file = directory.resolve("source");
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message m { required int32 id; optional int32 n (UNKNOWN); optional int32 d (UNKNOWN);"
                + " optional int32 s (UNKNOWN); }");
    write(file, type, row(type, 2, null));

    TransformResult result =
        Job.in(directory).sourceAt(file).key("id").stream("syncMode", "'incremental'")
            .after(before, Job.READ_AT.plusSeconds(60))
            .run();

    assertThat(Job.rows(result, "id, n, d, s.a")).containsExactlyInAnyOrder("1|x|1.5|1", "2|~|~|~");
    TransformResult alone = Job.in(directory).sourceAt(file).run();
    assertThat(Job.rows(alone, "n, typeof(n)")).containsExactly("~|VARCHAR");
  }

  /** Its Parquet has a field without a name, which no type of the engine can be written with. */
  @Test
  void storesAUnionAsJson() {
    Path file =
        Parquet.write(
            directory.resolve("source"),
            "SELECT union_value(k := 1)::UNION(k INTEGER, s VARCHAR) AS u, 'STRUCT(A,' AS t");

    TransformResult result = Job.in(directory).sourceAt(file).run();

    assertThat(Job.rows(result, "u, typeof(u), t"))
        .containsExactly("{\"\":0,\"k\":1,\"s\":null}|JSON|STRUCT(A,");
  }
}
