package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Installs the sample streams and their source objects. Repeatable. */
public final class Samples {

  private Samples() {}

  /**
   * Defines every sample's stream and puts its file of this version in place.
   *
   * @param storage the folder that the storage stand-in serves
   * @param version 1 or 2
   */
  public static void install(DataSource database, Path storage, int version) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(Resource.text("sandbox/install-stream.sql"))) {
      for (Sample sample : Sample.values()) {
        sample.put(version, storage);
        statement.setString(1, sample.definition());
        statement.executeUpdate();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The samples could not be written to " + storage, e);
    } catch (SQLException e) {
      throw new IllegalStateException("The samples' streams could not be installed", e);
    }
  }
}
