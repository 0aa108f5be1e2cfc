package dev.odyssey.sandbox;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.PrimitiveIterator;

/**
 * Generated, modelled on a shop's catalogue: Parquet without a key, whose last row of the first
 * version is the first one once more.
 */
final class Products implements SampleFile {

  private static final int TWIN_OF_FIRST = 300;

  static final Rows ROWS =
      new Rows(
          TWIN_OF_FIRST, 306, row -> row == TWIN_OF_FIRST || row % 75 == 20, row -> row % 60 == 7);

  @Override
  public void write(int version, Path file) throws IOException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "create table products (sku varchar, name varchar, price decimal(10,2),"
              + " in_stock boolean, weight_kg double, introduced date, labels varchar[])");
      try (PreparedStatement insert =
          duckdb.prepareStatement(
              "insert into products select ?, ?, ?, ?, ?, ?, string_split(?, ' ')")) {
        for (PrimitiveIterator.OfInt rows = ROWS.in(version).iterator(); rows.hasNext(); ) {
          int row = rows.nextInt();
          bind(insert, row == TWIN_OF_FIRST ? 1 : row, ROWS.isChanged(row, version));
          insert.executeUpdate();
        }
      }
      String literal = file.toString().replace("'", "''");
      statement.execute("copy products to '" + literal + "' (format parquet)");
    } catch (SQLException e) {
      throw new IOException("The sample " + file + " could not be written", e);
    }
  }

  private static void bind(PreparedStatement insert, int row, boolean changed) throws SQLException {
    Dice dice = new Dice("products", row);
    insert.setString(1, "SKU-%04d".formatted(row));
    insert.setString(2, dice.one("Kännchen", "Tasse \"Moin\"", "Löffel, groß", "茶碗", "Teller"));
    insert.setBigDecimal(3, BigDecimal.valueOf(dice.between(99, 9_999) + (changed ? 100 : 0), 2));
    insert.setBoolean(4, dice.percent(70));
    insert.setObject(5, dice.percent(10) ? null : dice.between(1, 400) / 100.0);
    insert.setObject(6, LocalDate.of(2020, 1, 1).plusDays(dice.between(0, 1_800)));
    insert.setString(7, dice.one("new", "sale summer", "kitchen gift ☕"));
  }
}
