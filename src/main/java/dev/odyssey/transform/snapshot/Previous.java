package dev.odyssey.transform.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The last published snapshot, as this run found it. Immutable.
 *
 * @param files its Parquet files, in order
 * @param columns its mapped columns and their types, in order
 * @param primaryKey what its rows were told apart by; empty for none
 * @param refVersion the algorithm of its {@code $_ref}
 */
public record Previous(
    List<Path> files,
    Map<String, String> columns,
    List<String> primaryKey,
    String refVersion,
    long rows) {
  private static final String ROW = "file_row_number";
  private static final String FILE_INDEX = "file_index";
  private static final String FILE = "\"$_file\"";

  /** It cannot be compared with; the message says why, as a clause about "it". */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why);
    }
  }

  /** Of the column of this name in any case. */
  public Optional<String> type(String name) {
    return Optional.ofNullable(columns.get(name))
        .or(
            () ->
                columns.entrySet().stream()
                    .filter(column -> column.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  /** Of the columns, by their names in any case. */
  public Map<String, String> types() {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    types.putAll(columns);
    return types;
  }

  /** SQL of all its rows; of each {@link #place} tells where it stands. */
  public String placed() {
    if (isOneFile() || !hasFileIndex()) {
      return Sql.parquet(files);
    }
    List<String> reads = new ArrayList<>();
    for (Path file : files) {
      reads.add(
          "SELECT *, %d::BIGINT AS %s, %s FROM %s"
              .formatted(reads.size(), FILE, ROW, Sql.parquet(file)));
    }
    return "(\n" + String.join("\nUNION ALL\n", reads) + ")";
  }

  /** SQL of a number of 64 bits, another one for each row. */
  public String place() {
    String file = hasFileIndex() ? FILE : FILE_INDEX;
    return isOneFile() ? ROW : "(%s << 40 | %s)::BIGINT".formatted(file, ROW);
  }

  private boolean isOneFile() {
    return files.size() == 1;
  }

  /** A column may be called as that by which the engine tells files apart, which it hides. */
  private boolean hasFileIndex() {
    return type(FILE_INDEX).isPresent();
  }

  /**
   * @param path a file, or a directory of parts; a path where nothing is stands for an object that
   *     is not in the bucket any more
   */
  public static Previous open(Engine engine, Path path, UUID streamId) throws Unusable {
    try {
      if (!Files.exists(path)) {
        throw new Unusable("it is not in the bucket any more");
      }
      List<Path> files = files(path);
      Map<String, String> metadata = metadata(engine, files.get(0));
      if (!streamId.toString().equals(metadata.get(SnapshotMetadata.STREAM))) {
        throw new Unusable("this runner did not write it for this stream");
      }
      Map<String, String> columns =
          new LinkedHashMap<>(engine.describe("SELECT * FROM " + Sql.parquet(files)));
      if (!columns.keySet().containsAll(SystemColumns.ALL)) {
        throw new Unusable("it lacks the columns " + SystemColumns.ALL);
      }
      SystemColumns.ALL.forEach(columns::remove);
      return new Previous(
          files,
          columns,
          List.of(
              new ObjectMapper()
                  .readValue(
                      metadata.getOrDefault(SnapshotMetadata.PRIMARY_KEY, "[]"), String[].class)),
          metadata.getOrDefault(SnapshotMetadata.REF_VERSION, ""),
          engine.count("Rows of the last snapshot.", Sql.parquet(files)));
    } catch (SQLException | JsonProcessingException e) {
      throw new Unusable("it is no Parquet file that can be read");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path path) throws IOException, Unusable {
    if (!Files.isDirectory(path)) {
      return List.of(path.toRealPath());
    }
    try (Stream<Path> parts = Files.list(path.toRealPath())) {
      List<Path> files = parts.filter(p -> p.toString().endsWith(".parquet")).sorted().toList();
      if (files.isEmpty()) {
        throw new Unusable("none of its parts are in the bucket any more");
      }
      return files;
    }
  }

  private static Map<String, String> metadata(Engine engine, Path file) throws SQLException {
    Map<String, String> metadata = new LinkedHashMap<>();
    engine.rows(
        "SELECT decode(key), decode(value) FROM parquet_kv_metadata(%s)"
            .formatted(Sql.literal(file.toString())),
        row -> metadata.put(row.getString(1), row.getString(2)));
    return metadata;
  }
}
