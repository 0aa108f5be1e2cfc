package dev.odyssey.transform.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.rows.Field;
import dev.odyssey.transform.text.Nesting;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * An Avro type as the engine's type, and how its values become JSON that the engine reads as that
 * type. What the engine has no type for, such as a union of several types or a record within
 * itself, is a text: JSON where it is nested. Immutable.
 */
final class AvroType {
  /** Writes a value that is not null. */
  interface Put {
    void write(JsonGenerator json, Object value) throws IOException;
  }

  /** A short schema may name its records again and again within one another. */
  private static final int MOST_WITHIN = 10_000;

  /** Where a type stands: the names of the records around it, and how many types the column has. */
  private record Place(Set<String> records, AtomicInteger types) {}

  /** JSON of no value. */
  static final String NULL = "null";

  private final String sql;
  private final Put put;

  AvroType(String sql, Put put) {
    this.sql = sql;
    this.put = put;
  }

  /** A column's type. */
  static AvroType of(Schema schema) {
    Schema present = withoutNull(schema);
    AvroType type = of(present, new Place(Set.of(), new AtomicInteger()));
    if (Nesting.isTooDeep(type.sql)) {
      return new AvroType(
          Field.TEXT, (json, value) -> json.writeString(AvroReader.json(type, value)));
    }
    boolean bytes =
        present.getType() == Schema.Type.BYTES || present.getType() == Schema.Type.FIXED;
    return bytes && AvroLogical.of(present) == null ? new AvroType("BLOB", type.put) : type;
  }

  /** A type whose values are written as texts; null for a value that the engine cannot hold. */
  static AvroType text(String sql, Function<Object, String> text) {
    return new AvroType(sql, (json, value) -> json.writeString(text.apply(value)));
  }

  String sql() {
    return sql;
  }

  void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else {
      put.write(json, value);
    }
  }

  /** The only other type of a union with null, else the schema itself. */
  private static Schema withoutNull(Schema schema) {
    if (!schema.isUnion()) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static AvroType of(Schema nullable, Place within) {
    if (within.types.incrementAndGet() > MOST_WITHIN) {
      throw new AvroRuntimeException(
          "its schema has a column of more than %,d types within one another"
              .formatted(MOST_WITHIN));
    }
    Schema schema = withoutNull(nullable);
    AvroType logical = AvroLogical.of(schema);
    if (logical != null) {
      return logical;
    }
    return switch (schema.getType()) {
      case BOOLEAN -> new AvroType("BOOLEAN", (json, v) -> json.writeBoolean((Boolean) v));
      case INT -> new AvroType("INTEGER", (json, v) -> json.writeNumber((Integer) v));
      case LONG -> new AvroType("BIGINT", (json, v) -> json.writeNumber((Long) v));
      case FLOAT -> new AvroType("FLOAT", (json, v) -> json.writeNumber((Float) v));
      case DOUBLE -> new AvroType("DOUBLE", (json, v) -> json.writeNumber((Double) v));
      case BYTES, FIXED ->
          text(Field.TEXT, v -> Base64.getEncoder().encodeToString(AvroLogical.bytes(v)));
      case STRING, ENUM, NULL -> text(Field.TEXT, Object::toString);
      case ARRAY -> list(of(schema.getElementType(), within));
      case MAP -> map(of(schema.getValueType(), within));
      case RECORD -> record(schema, within);
      case UNION -> union(schema, within);
    };
  }

  private static AvroType list(AvroType item) {
    return new AvroType(
        item.sql + "[]",
        (json, value) -> {
          json.writeStartArray();
          for (Object element : (Iterable<?>) value) {
            item.write(json, element);
          }
          json.writeEndArray();
        });
  }

  private static AvroType map(AvroType item) {
    return new AvroType(
        "MAP(VARCHAR, " + item.sql + ")",
        (json, value) -> {
          json.writeStartObject();
          for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            item.write(json, entry.getValue());
          }
          json.writeEndObject();
        });
  }

  private static AvroType record(Schema schema, Place within) {
    Set<String> around = new HashSet<>(within.records);
    Set<String> names = new HashSet<>();
    boolean plain = around.add(schema.getFullName()) && !schema.getFields().isEmpty();
    for (Schema.Field field : schema.getFields()) {
      plain &= names.add(field.name().toLowerCase(Locale.ROOT));
    }
    if (!plain) {
      return text(Field.TEXT, Object::toString);
    }
    var deeper = new Place(around, within.types);
    Map<String, AvroType> fields = new LinkedHashMap<>();
    schema.getFields().forEach(field -> fields.put(field.name(), of(field.schema(), deeper)));
    String sql =
        fields.entrySet().stream()
            .map(field -> Sql.identifier(field.getKey()) + " " + field.getValue().sql)
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
    return new AvroType(
        sql,
        (json, value) -> {
          json.writeStartObject();
          int i = 0;
          for (Map.Entry<String, AvroType> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            field.getValue().write(json, ((IndexedRecord) value).get(i++));
          }
          json.writeEndObject();
        });
  }

  private static AvroType union(Schema schema, Place within) {
    List<AvroType> branches = schema.getTypes().stream().map(s -> of(s, within)).toList();
    return new AvroType(
        Field.TEXT,
        (json, value) -> {
          int branch = GenericData.get().resolveUnion(schema, value);
          String text = AvroReader.json(branches.get(branch), value);
          json.writeString(text.equals(NULL) ? null : unquoted(text));
        });
  }

  private static String unquoted(String json) throws IOException {
    try (JsonParser parser = AvroReader.JSON.createParser(json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : json;
    }
  }
}
