package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.source.Parquet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our files, read by another implementation of Parquet than the one that wrote them. */
class OtherReaderTest {
  @TempDir Path directory;

  @Test
  void readsEveryTypeOfAStream() {
    TransformResult result =
        Job.in(directory)
            .schema(
                "s string",
                "i integer",
                "n number",
                "f double",
                "m decimal(30,3)",
                "b boolean",
                "d date",
                "t timestamp",
                "z timestamptz",
                "c time",
                "j json",
                "u uuid")
            .file(
                """
                s,i,n,f,m,b,d,t,z,c,j,u
                東京,-7,12.5,0.5,123456789012345678901234567.891,yes,1969-12-31,2024-02-29 12:00:00.000001,2024-02-29T14:00:00+02:00,23:59:59.5,"{""a"": 1}",6F9619FF-8B86-D011-B42D-00CF4FC964FF
                ,,,,,,,,,,,
                """)
            .run();

    OtherReader read = OtherReader.read(result.snapshot());

    assertThat(read.metadata().getFileMetaData().getSchema().toString().lines().map(String::strip))
        .containsExactly(
            "message duckdb_schema {",
            "optional binary s (STRING);",
            "optional int64 i (INTEGER(64,true));",
            "optional int64 n (DECIMAL(18,4));",
            "optional double f;",
            "optional fixed_len_byte_array(16) m (DECIMAL(30,3));",
            "optional boolean b;",
            "optional int32 d (DATE);",
            "optional int64 t (TIMESTAMP(MICROS,false));",
            "optional int64 z (TIMESTAMP(MICROS,true));",
            "optional binary c (STRING);",
            "optional binary j (JSON);",
            "optional binary u (STRING);",
            "optional binary $_ref (STRING);",
            "optional binary $_operation (STRING);",
            "optional int64 $_timestamp (TIMESTAMP(MICROS,true));",
            "optional int64 $_last_updated (TIMESTAMP(MICROS,true));",
            "}");
    Group row = read.rows().get(0);
    assertThat(row.getString("s", 0)).isEqualTo("東京");
    assertThat(row.getLong("i", 0)).isEqualTo(-7);
    assertThat(row.getLong("n", 0)).isEqualTo(125_000);
    assertThat(row.getDouble("f", 0)).isEqualTo(0.5);
    assertThat(new BigDecimal(new BigInteger(row.getBinary("m", 0).getBytes()), 3))
        .isEqualTo("123456789012345678901234567.891");
    assertThat(row.getBoolean("b", 0)).isTrue();
    assertThat(row.getInteger("d", 0)).isEqualTo(-1);
    assertThat(row.getLong("t", 0)).isEqualTo(1_709_208_000_000_001L);
    assertThat(row.getLong("z", 0)).isEqualTo(1_709_208_000_000_000L);
    assertThat(row.getString("c", 0)).isEqualTo("23:59:59.5");
    assertThat(row.getString("j", 0)).isEqualTo("{\"a\": 1}");
    assertThat(row.getString("u", 0)).isEqualTo("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    assertThat(row.getString("$_ref", 0)).hasSize(32);
    assertThat(row.getLong("$_timestamp", 0)).isEqualTo(1_772_600_767_123_456L);
    assertThat(read.rows().get(1).getFieldRepetitionCount("s")).isZero();
  }

  @Test
  void findsStatisticsAndMetadata() {
    TransformResult result =
        Job.in(directory).schema("i integer", "s text").key("i").file("i,s\n1,a\n2,a\n3,\n").run();

    OtherReader read = OtherReader.read(result.snapshot());

    assertThat(read.metadata().getFileMetaData().getKeyValueMetaData())
        .containsEntry("odyssey.stream", new UUID(0, 2).toString())
        .containsEntry("odyssey.run", new UUID(0, 1).toString())
        .containsEntry("odyssey.primary_key", "[\"i\"]")
        .containsEntry("odyssey.ref_version", "1")
        .containsEntry("org.apache.spark.version", "3.1.0")
        .containsKey("odyssey.schema_version");
    ColumnChunkMetaData i = read.metadata().getBlocks().get(0).getColumns().get(0);
    ColumnChunkMetaData s = read.metadata().getBlocks().get(0).getColumns().get(1);
    assertThat(i.getStatistics().minAsString()).isEqualTo("1");
    assertThat(i.getStatistics().maxAsString()).isEqualTo("3");
    assertThat(s.getStatistics().getNumNulls()).isEqualTo(1);
    assertThat(s.getBloomFilterOffset()).isPositive();
  }

  /** Readers skip a row group by bits: one of -0.0 alone would have nothing that is 0. */
  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void aNegativeZeroIsStoredAsZero(String type) {
    Path source =
        Parquet.write(
            directory.resolve("source"), "SELECT '-0.0'::%s AS n FROM range(600)".formatted(type));

    TransformResult result = Job.in(directory).sourceAt(source).run();

    assertThat(Job.rows(result, "count(*) FILTER (n::VARCHAR = '0.0')")).containsExactly("600");
    assertThat(Job.query("SELECT count(*) FROM '" + result.snapshot() + "' WHERE n = 0"))
        .containsExactly("600");
  }

  @Test
  void readsWhatComesFromParquetAndExpressions() {
    Path source = directory.resolve("odd.parquet");
    Job.query(
        """
        COPY (SELECT 255::UTINYINT AS tiny, 18446744073709551615::UBIGINT AS large,
          TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS ns, INTERVAL 1 DAY AS pause,
          {'id': '6f9619ff-8b86-d011-b42d-00cf4fc964ff'::UUID, 'HUGEINT': 1::UINTEGER} AS nested)
        TO '%s' (FORMAT parquet)"""
            .formatted(source));

    TransformResult result = Job.in(directory).sourceAt(source).run();

    assertThat(Job.query("SELECT column_type FROM (DESCRIBE FROM '" + result.snapshot() + "')"))
        .startsWith(
            "BIGINT",
            "DECIMAL(20,0)",
            "TIMESTAMP",
            "VARCHAR",
            "STRUCT(id VARCHAR, HUGEINT BIGINT)");
    assertThat(OtherReader.read(result.snapshot()).rows()).hasSize(1);
  }
}
