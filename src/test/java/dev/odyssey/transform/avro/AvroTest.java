package dev.odyssey.transform.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class AvroTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Row", "fields": [
                {"name": "b", "type": "boolean"},
                {"name": "i", "type": ["null", "int"], "default": null},
                {"name": "l", "type": "long"},
                {"name": "d", "type": "double"},
                {"name": "s", "type": ["string", "null"]},
                {"name": "bin", "type": ["null", "bytes"]},
                {"name": "money", "type": {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 2}},
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "clock", "type": {"type": "long", "logicalType": "time-micros"}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "atMillis", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
                {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
                {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}},
                {"name": "tags", "type": {"type": "array", "items": ["null", "string"]}},
                {"name": "sizes", "type": {"type": "map", "values": "long"}},
                {"name": "place", "type": {"type": "record", "name": "Place", "fields": [
                  {"name": "city", "type": "string"}, {"name": "lat", "type": "float"}]}},
                {"name": "any", "type": ["null", "long", "string", "Place"]},
                {"name": "tree", "type": ["null", {"type": "record", "name": "Node", "fields": [
                  {"name": "v", "type": "int"}, {"name": "next", "type": ["null", "Node"]}]}]}]}
              """);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2", "xz"})
  void readsEveryTypeOfEveryCodec(String codec) {
    TransformResult result = Job.in(directory).file(file(codec, row(), row())).run();

    assertThat(result.totalRows()).isEqualTo(2);
    assertThat(Job.rows(result, "b, i, l, d, s, bin::VARCHAR, money, day, clock").get(0))
        .isEqualTo(
            "true|~|9007199254740993|NaN|é|\\x00\\xFF|1234567890123456789012345678.90|2026-03-04|05:06:07.123456");
    assertThat(
            Job.rows(result, "\"at\"::VARCHAR, atMillis::VARCHAR, \"local\"::VARCHAR, uuid, color")
                .get(0))
        .isEqualTo(
            "2026-03-04 05:06:07.123456+00|~|2026-03-04"
                + " 05:06:07.123|00000000-0000-0000-0000-000000000001|BLUE");
    assertThat(
            Job.rows(
                    result,
                    "tags[1], tags[2], sizes['xl'], place.city, place.lat, \"any\", tree.v,"
                        + " tree.next")
                .get(0))
        .isEqualTo("a|~|42|Bern|1.5|7|1|{\"v\": 2, \"next\": null}");
  }

  @Test
  void reachesNestedFieldsByPath() {
    TransformResult result =
        Job.in(directory)
            .file(file("null", row()))
            .mapping("place.city", "city")
            .mapping("tags[0]", "tag")
            .run();

    assertThat(Job.rows(result, "city, tag")).containsExactly("Bern|a");
  }

  /** The library's reader ends there without a word. */
  @Test
  void refusesAFileThatIsCutOffWithinABlock() {
    byte[] whole = file("null", row(), row());

    for (int cut : new int[] {1, 15, 17, 100}) {
      assertThatThrownBy(Job.in(directory).file(Arrays.copyOf(whole, whole.length - cut))::run)
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("damaged Avro")
          .hasMessageContaining("is cut off");
    }
  }

  @Test
  void cutOffHeaderIsNamedSo() {
    byte[] header = Arrays.copyOf(file("null", row()), 200);

    assertThatThrownBy(Job.in(directory).file(header)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("damaged Avro: it ends too early");
  }

  /**
   * As other writers have them: what the schema says of a value is not checked when it is written.
   */
  @Test
  void aValueThatItsLogicalTypeCannotHoldIsABadValue() {
    Schema written =
        record(
            "{'name': 'id', 'type': 'string'}, {'name': 'price', 'type': 'bytes'}, {'name': 'day', 'type': 'int'}");
    Schema told =
        record(
            "{'name': 'id', 'type': {'type': 'string', 'logicalType': 'uuid'}},"
                + "{'name': 'price', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}},"
                + "{'name': 'day', 'type': {'type': 'int', 'logicalType': 'date'}}");
    String uuid = "00000000-0000-0000-0000-000000000001";

    TransformResult result =
        Job.in(directory)
            .file(
                file(
                    "null",
                    told,
                    priced(written, uuid, new byte[] {5}, 20_516),
                    priced(written, "none", new byte[] {1, 0, 0}, Integer.MAX_VALUE),
                    priced(written, uuid, new byte[0], 0)))
            .run();

    assertThat(Job.rows(result, "id, price, day"))
        .containsExactly(uuid + "|0.05|2026-03-04", "~|~|~", uuid + "|0.00|1970-01-01");
    assertThat(result.details().path("badValues").toString())
        .contains("\"none\"", "\"0x010000\"")
        .doesNotContain("day");
  }

  /** A union at the top of the schema is one column, whatever its rows are. */
  @Test
  void makesJsonOfListsTooDeepWithinOneAnother() {
    Schema schema = Schema.create(Schema.Type.INT);
    Object value = 1;
    for (int i = 0; i < 40; i++) {
      schema = Schema.createArray(schema);
      value = List.of(value);
    }

    TransformResult result = Job.in(directory).file(file("null", schema, value)).run();

    assertThat(Job.rows(result, "value")).containsExactly("[".repeat(40) + "1" + "]".repeat(40));
  }

  /** Databases write such days for infinity; pandas would refuse the whole column for one. */
  @Test
  void aDayBeyondTheYears1To9999IsNull() {
    Schema day = LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    int first = (int) LocalDate.of(1, 1, 1).toEpochDay();
    int last = (int) LocalDate.of(9999, 12, 31).toEpochDay();

    TransformResult result =
        Job.in(directory).file(file("null", day, first, first - 1, last, last + 1)).run();

    assertThat(Job.rows(result, "value")).containsExactly("0001-01-01", "~", "9999-12-31", "~");
    assertThat(result.details().has("badValues")).isFalse();
  }

  /** Each record of forty has the one before it twice. */
  @Test
  void refusesASchemaThatGrowsWithoutEnd() {
    Schema schema = Schema.create(Schema.Type.LONG);
    for (int i = 0; i < 40; i++) {
      schema =
          Schema.createRecord(
              "R" + i,
              null,
              null,
              false,
              List.of(
                  new Schema.Field("a", optional(schema), null, null),
                  new Schema.Field("b", optional(schema), null, null)));
    }
    Job job = Job.in(directory).file(file("null", optional(schema), new Object[] {null}));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("a column of more than 10,000 types within one another");
  }

  private static Schema optional(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  @Test
  void readsRecordsOfSeveralSchemas() {
    Schema a = record("{'name': 'id', 'type': 'int'}");
    Schema union =
        Schema.createUnion(
            Schema.create(Schema.Type.NULL), a, Schema.createMap(Schema.create(Schema.Type.LONG)));

    TransformResult result =
        Job.in(directory)
            .file(
                file(
                    "null",
                    union,
                    new GenericRecordBuilder(a).set("id", 7).build(),
                    Map.of("x", 1L)))
            .run();

    assertThat(Job.rows(result, "\"value\"")).containsExactly("{\"id\":7}", "{\"x\":1}");
  }

  @Test
  void aValueOfAUnionThatItsLogicalTypeCannotHoldIsABadValueToo() {
    Schema uuid = Schema.create(Schema.Type.STRING);
    uuid.addProp("logicalType", "uuid");
    Schema union = Schema.createUnion(uuid, Schema.create(Schema.Type.LONG));

    TransformResult result = Job.in(directory).file(file("null", union, "none", 7L)).run();

    assertThat(Job.rows(result, "\"value\"")).containsExactly("~", "7");
    assertThat(result.details().path("badValues").toString()).contains("\"none\"");
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(
            "{'type': 'record', 'name': 'Price', 'fields': [%s]}"
                .formatted(fields)
                .replace('\'', '"'));
  }

  private static GenericRecord priced(Schema schema, String id, byte[] price, int day) {
    return new GenericRecordBuilder(schema)
        .set("id", id)
        .set("price", ByteBuffer.wrap(price))
        .set("day", day)
        .build();
  }

  private static GenericRecord row() {
    var place =
        new GenericRecordBuilder(SCHEMA.getField("place").schema())
            .set("city", "Bern")
            .set("lat", 1.5f)
            .build();
    Schema node = SCHEMA.getField("tree").schema().getTypes().get(1);
    var leaf = new GenericRecordBuilder(node).set("v", 2).set("next", null).build();
    return new GenericRecordBuilder(SCHEMA)
        .set("b", true)
        .set("i", null)
        .set("l", 9007199254740993L)
        .set("d", Double.NaN)
        .set("s", "é")
        .set("bin", ByteBuffer.wrap(new byte[] {0, -1}))
        .set(
            "money",
            ByteBuffer.wrap(
                new BigDecimal("1234567890123456789012345678.90").unscaledValue().toByteArray()))
        .set("day", 20516)
        .set("clock", 18_367_123_456L)
        .set("at", 1_772_600_767_123_456L)
        .set("atMillis", null)
        .set("local", 1_772_600_767_123L)
        .set("uuid", "00000000-0000-0000-0000-000000000001")
        .set("color", new GenericData.EnumSymbol(SCHEMA.getField("color").schema(), "BLUE"))
        .set("tags", java.util.Arrays.asList("a", null))
        .set("sizes", Map.of("xl", 42L))
        .set("place", place)
        .set("any", 7L)
        .set("tree", new GenericRecordBuilder(node).set("v", 1).set("next", leaf).build())
        .build();
  }

  public static byte[] sample() {
    return file("deflate", row(), row());
  }

  static byte[] file(String codec, GenericRecord... rows) {
    return file(codec, rows[0].getSchema(), (Object[]) rows);
  }

  private static byte[] file(String codec, Schema schema, Object... rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = new DataFileWriter<Object>(new GenericDatumWriter<>(schema))) {
      out.setCodec(CodecFactory.fromString(codec));
      out.create(schema, bytes);
      for (Object row : rows) {
        out.append(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
