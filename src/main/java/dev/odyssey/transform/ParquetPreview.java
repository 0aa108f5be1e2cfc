package dev.odyssey.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the first rows of a Parquet object, and what its footer says of all rows, however large it
 * is: only the footer and the first row group are fetched, into a file with holes for the rest.
 * Thread-safe: every read has its own engine and directory, which it removes.
 */
public final class ParquetPreview {
  private static final int MAX_ROWS = 50;
  private static final int MAX_TEXT = 300;
  private static final int MAX_FETCH = 64 << 20;
  private static final int TAIL = 8;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final Path directory;
  private final TransformSettings settings;

  /**
   * @param directory where temporary files may be made; need not exist
   */
  public ParquetPreview(Path directory, TransformSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /** A file elsewhere, of which single parts can be had. */
  public interface RemoteFile {
    long bytes();

    /** The bytes from an offset on; the range must lie within the file. */
    byte[] read(long offset, int length);
  }

  /**
   * A column.
   *
   * @param nulls in all rows; null where the file does not say
   */
  public record Column(String name, String type, Long nulls) {}

  /**
   * @param total rows in the object
   * @param rows values as text, null for NULL; at most 50 rows
   */
  public record Rows(long total, List<Column> columns, List<List<String>> rows) {}

  /** Reads it; at most 64 MiB are fetched. */
  public Rows read(RemoteFile object) throws IOException, SQLException {
    Files.createDirectories(directory);
    Path own = Files.createTempDirectory(directory, "preview-");
    Path file = own.resolve("object.parquet");
    try {
      try (var channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.SPARSE);
          Engine engine = Engine.open(own.toRealPath(), settings)) {
        fetchFooter(object, channel);
        String source = Sql.literal(file.toRealPath().toString());
        fetchFirstRows(object, channel, engine, source);
        return rows(engine, source);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(own);
    }
  }

  private static void fetchFooter(RemoteFile object, FileChannel channel) throws IOException {
    if (object.bytes() < TAIL + 4) {
      throw new IOException("it is too short for a Parquet file");
    }
    byte[] tail = object.read(object.bytes() - TAIL, TAIL);
    long footer =
        Integer.toUnsignedLong(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt())
            + TAIL;
    fetch(object, channel, 0, 4);
    fetch(object, channel, object.bytes() - footer, footer);
  }

  private static void fetchFirstRows(
      RemoteFile object, FileChannel channel, Engine engine, String source)
      throws SQLException, IOException {
    Map<String, Long> span =
        engine.counts(
            """
            SELECT min(start)::BIGINT AS "from", max(start + total_compressed_size)::BIGINT AS "to"
            FROM (
              SELECT least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0),
                  data_page_offset)) AS start, total_compressed_size
              FROM parquet_metadata(%s) WHERE row_group_id = 0)
            """
                .formatted(source));
    fetch(object, channel, span.get("from"), span.get("to") - span.get("from"));
  }

  private static void fetch(RemoteFile object, FileChannel channel, long offset, long length)
      throws IOException {
    if (length > MAX_FETCH) {
      throw new IOException("its first rows take %d bytes, too many to show".formatted(length));
    }
    if (offset < 0 || length < 0 || offset + length > object.bytes()) {
      throw new IOException("it is no Parquet file");
    }
    if (length > 0) {
      ByteBuffer bytes = ByteBuffer.wrap(object.read(offset, (int) length));
      while (bytes.hasRemaining()) {
        channel.write(bytes, offset + bytes.position());
      }
    }
  }

  private static Rows rows(Engine engine, String source) throws SQLException {
    var columns = new ArrayList<Column>();
    Map<String, Long> nulls = nulls(engine, source);
    engine
        .describe("SELECT * FROM read_parquet(%s, %s)".formatted(source, Sql.NO_HIVE))
        .forEach((name, type) -> columns.add(new Column(name, type, nulls.get(name))));
    long total =
        engine
            .counts(
                "SELECT sum(num_rows)::BIGINT AS n FROM parquet_file_metadata(%s)"
                    .formatted(source))
            .get("n");
    String values =
        columns.stream()
            .map(
                column ->
                    "left(CAST(%s AS VARCHAR), %d)"
                        .formatted(Sql.identifier(column.name()), MAX_TEXT))
            .collect(Collectors.joining(", "));
    String select = "SELECT to_json([%s]) FROM read_parquet(%s, %s) LIMIT %d";
    return new Rows(
        total, columns, lists(engine, select.formatted(values, source, Sql.NO_HIVE, MAX_ROWS)));
  }

  /** How many NULLs each plain column has, where the statistics of every row group say so. */
  private static Map<String, Long> nulls(Engine engine, String source) throws SQLException {
    var nulls = new HashMap<String, Long>();
    String select =
        """
        SELECT to_json([path_in_schema, sum(stats_null_count)::BIGINT::VARCHAR])
        FROM parquet_metadata(%s)
        GROUP BY path_in_schema HAVING count(*) = count(stats_null_count)
        """;
    for (List<String> row : lists(engine, select.formatted(source))) {
      nulls.put(row.get(0), Long.valueOf(row.get(1)));
    }
    return nulls;
  }

  private static List<List<String>> lists(Engine engine, String select) throws SQLException {
    var lists = new ArrayList<List<String>>();
    for (String json : engine.texts(select)) {
      try {
        lists.add(JSON.readValue(json, TEXTS));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("to_json gave no JSON", e);
      }
    }
    return lists;
  }
}
