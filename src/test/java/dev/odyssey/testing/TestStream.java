package dev.odyssey.testing;

import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;

/** Defines a stream of one's own in the sandbox, with its source file. */
public final class TestStream {
  private static final UUID TENANT = UUID.fromString("c0000000-0000-4000-8000-000000000003");

  private final Sandbox sandbox;
  private final UUID id = UUID.randomUUID();
  private String type = "file";
  private String path = id + ".csv";
  private String mappings = null;
  private String name = "stream " + id;
  private String schema = "[]";
  private String key = null;

  private TestStream(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  public static TestStream in(Sandbox sandbox) {
    return new TestStream(sandbox);
  }

  public TestStream ofType(String value) {
    type = value;
    return this;
  }

  /** The object's path in the bucket {@code schema-files}. */
  public TestStream at(String value) {
    path = value;
    return this;
  }

  public TestStream named(String value) {
    name = value;
    return this;
  }

  /** JSON as in {@code data_streams.schema}. */
  public TestStream typed(String value) {
    schema = value;
    return this;
  }

  /** The one column of the primary key. */
  public TestStream keyed(String column) {
    key = column;
    return this;
  }

  /** JSON as in {@code data_mappings.field_mappings}. */
  public TestStream mapping(String value) {
    mappings = value;
    return this;
  }

  /** Puts this content where the source says. */
  public TestStream containing(byte[] content) throws IOException {
    Path file = sandbox.storageFolder().resolve("schema-files").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  /** Makes the rows in the database; returns the stream's id. */
  public UUID define() throws SQLException {
    try (var connection = sandbox.database().dataSource().getConnection();
        var source =
            connection.prepareStatement(
                "insert into data_sources (id, tenant_id, name, type, config)"
                    + " values (?, ?, ?, ?, jsonb_build_object('filePath', ?::text))");
        var stream =
            connection.prepareStatement(
                "insert into data_streams (id, tenant_id, name, schema, source_data_source_id,"
                    + " sync_mode, primary_key) values (?, ?, ?, ?::jsonb, ?, 'full_refresh',"
                    + " array_remove(array[?::text], null))");
        var mapping =
            connection.prepareStatement(
                "insert into data_mappings (id, data_stream_id, field_mappings)"
                    + " values (gen_random_uuid(), ?, ?::jsonb)")) {
      source.setObject(1, id);
      source.setObject(2, TENANT);
      source.setString(3, "source of " + id);
      source.setString(4, type);
      source.setString(5, path);
      source.executeUpdate();
      stream.setObject(1, id);
      stream.setObject(2, TENANT);
      stream.setString(3, name);
      stream.setString(4, schema);
      stream.setObject(5, id);
      stream.setString(6, key);
      stream.executeUpdate();
      if (mappings != null) {
        mapping.setObject(1, id);
        mapping.setString(2, mappings);
        mapping.executeUpdate();
      }
    }
    return id;
  }
}
