package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.PrimitiveIterator;
import java.util.zip.GZIPOutputStream;

/**
 * Generated, modelled on weather stations that report every minute: gzip CSV, and in row {@value
 * #BAD_ROW} a temperature that is none, far below what any reader sniffs. The second version
 * corrects it.
 */
final class Readings implements SampleFile {

  static final int BAD_ROW = 50_000;

  static final Rows ROWS =
      new Rows(
          60_000, 60_500, row -> row % 6_000 == 17, row -> row == BAD_ROW || row % 3_000 == 29);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  @Override
  public void write(int version, Path file) throws IOException {
    try (Writer csv =
        new BufferedWriter(
            new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), UTF_8))) {
      csv.write("id,sensor,measured_at,temperature_c,humidity_pct,battery_v\n");
      for (PrimitiveIterator.OfInt rows = ROWS.in(version).iterator(); rows.hasNext(); ) {
        int row = rows.nextInt();
        csv.write(reading(row, ROWS.isChanged(row, version)));
      }
    }
  }

  private static String reading(int row, boolean changed) {
    Dice dice = new Dice("readings", row);
    String time = TIME.format(LocalDateTime.of(2025, 1, 1, 0, 0).plusMinutes(row / 12));
    int hundredths = dice.between(-2_500, 3_800) + (changed ? 10_000 : 0);
    String temperature = row == BAD_ROW && !changed ? "ERR-7" : decimal(hundredths);
    int humidity = dice.between(5, 100);
    String battery = dice.percent(3) ? "" : "3." + dice.between(0, 9);
    return row
        + ",st-"
        + row % 12
        + ","
        + time
        + ","
        + temperature
        + ","
        + humidity
        + ","
        + battery
        + "\n";
  }

  private static String decimal(int hundredths) {
    int rest = Math.abs(hundredths % 100);
    String sign = hundredths < 0 ? "-" : "";
    return sign + Math.abs(hundredths / 100) + (rest < 10 ? ".0" : ".") + rest;
  }
}
