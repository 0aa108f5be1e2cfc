package dev.odyssey.health;

import dev.odyssey.database.Contract;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Asks whether the database answers and has the whole contract. */
public final class DatabaseProbe implements Probe {
  private final Contract contract;

  public DatabaseProbe(DataSource dataSource) {
    this.contract = new Contract(dataSource);
  }

  @Override
  public List<String> missing() throws SQLException {
    return contract.missingPieces().stream()
        .map(piece -> piece.piece() + " is missing: " + piece.remedy())
        .toList();
  }
}
