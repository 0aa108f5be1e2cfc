package dev.odyssey.transform.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.odyssey.transform.rows.RowsWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/** Reads an Avro object container file, a block at a time; columns have the schema's types. */
public final class AvroReader implements AutoCloseable {
  static final JsonFactory JSON = new JsonFactory();

  private final DataFileReader<Object> in;
  private final boolean records;
  private final long bytes;
  private final List<String> names = new ArrayList<>();
  private final List<AvroType> types = new ArrayList<>();

  public AvroReader(Path file) throws IOException {
    bytes = Files.size(file);
    in = new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
    Schema schema = in.getSchema();
    records = schema.getType() == Schema.Type.RECORD;
    if (records) {
      for (Schema.Field field : schema.getFields()) {
        names.add(field.name());
        types.add(AvroType.of(field.schema()));
      }
    } else {
      names.add("value");
      types.add(AvroType.of(schema));
    }
  }

  /** Every column with the engine's type, in the schema's order. */
  public Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), types.get(i).sql());
    }
    return columns;
  }

  public void read(RowsWriter rows) throws IOException {
    int[] columns = new int[names.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = rows.column(names.get(i), types.get(i).sql());
    }
    Object reused = null;
    while (in.hasNext()) {
      reused = in.next(reused);
      for (int i = 0; i < columns.length; i++) {
        Object value = records ? ((IndexedRecord) reused).get(i) : reused;
        if (value != null) {
          write(rows, columns[i], types.get(i), value);
        }
      }
      rows.end();
    }
    requireWhole();
  }

  private static void write(RowsWriter rows, int column, AvroType type, Object value)
      throws IOException {
    String json = json(type, value);
    Optional<String> bad =
        json.equals(AvroType.NULL) ? AvroLogical.badValue(value) : Optional.empty();
    if (bad.isPresent()) {
      rows.error(column, bad.get());
    } else {
      rows.json(column, json);
    }
  }

  /** The library takes a block that is cut off, or holds no row, for the end of the file. */
  private void requireWhole() throws IOException {
    if (in.previousSync() != bytes) {
      throw new EOFException(
          "the block at byte %,d is cut off or empty".formatted(in.previousSync()));
    }
  }

  /** {@link AvroType#NULL} for a value that the engine cannot hold. */
  static String json(AvroType type, Object value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      type.write(json, value);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
