package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A CSV file of orders from a seed: 12 columns of mixed types, about 130 bytes a row, with quotes,
 * line breaks, several scripts, NULLs, and one bad value late in the file. The same rows on every
 * machine; every row depends on its number alone.
 *
 * @param rows of the first version
 */
record OrderFile(long rows) {
  /** The stream's schema that goes with it. */
  static final String SCHEMA =
      """
      [{"name": "id", "type": "integer"}, {"name": "sku", "type": "text"},
       {"name": "customer", "type": "text"}, {"name": "city", "type": "text"},
       {"name": "email", "type": "text"}, {"name": "ordered_on", "type": "date"},
       {"name": "updated_at", "type": "timestamp"}, {"name": "quantity", "type": "integer"},
       {"name": "price", "type": "decimal(12,2)"}, {"name": "weight", "type": "number"},
       {"name": "express", "type": "boolean"}, {"name": "note", "type": "text"}]""";

  private static final long SEED = 20_260_301;
  private static final LocalDate DAY = LocalDate.of(2019, 1, 1);
  private static final LocalDateTime MOMENT = LocalDateTime.of(2024, 1, 1, 0, 0);

  private static final String[] NAMES = {
    "Jürgen Müller",
    "Zoë Ng",
    "François D'Arcy",
    "李小明",
    "さくら 山田",
    "Søren Ærø",
    "Anna Smith",
    "\"\"\"Bo\"\" O'Neil, Jr.\"",
    "Łukasz Żak",
    "Ольга Ким",
    "Ana Peña",
    "Peter van der Berg"
  };
  private static final String[] CITIES = {
    "Dresden", "München", "Zürich", "Boston", "東京", "Nice", "Oslo", "\"Paris, 2e\"", "São Paulo"
  };
  private static final String[] NOTES = {
    "",
    "",
    "",
    "\"calls back \"\"after six\"\"\"",
    "\"fragile; this side up, please\"",
    "paid cash",
    "\"leave it\nat the door\"",
    "VIP 🎉",
    "gift wrap",
    "\"\""
  };

  /** What a file holds beside the rows that never change. */
  enum Version {
    /** The first sync's source. */
    BASE,
    /** The base without its bad value, at which the engine's own COPY would stop. */
    CLEAN,
    /** Of the base's rows 0.5% updated, 0.25% deleted, and 0.25% new ones. */
    CHANGED,
    /** The base's rows in a file of other bytes. */
    SAME
  }

  long updated() {
    return count(6, 200);
  }

  long deleted() {
    return count(13, 400);
  }

  long inserted() {
    return rows / 400;
  }

  /** Writes the file whole or not at all; what is there already is kept. */
  void write(Path file, Version version) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (BufferedWriter csv = Files.newBufferedWriter(part, UTF_8)) {
      csv.write(header(version));
      long end = version == Version.CHANGED ? rows + inserted() : rows;
      StringBuilder line = new StringBuilder(200);
      for (long row = 0; row < end; row++) {
        if (version != Version.CHANGED || !isDeleted(row)) {
          line.setLength(0);
          append(line, row, version);
          csv.append(line);
        }
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void append(StringBuilder line, long row, Version version) {
    SplittableRandom random = new SplittableRandom(SEED + row * 0x9E3779B97F4A7C15L);
    boolean updated = version == Version.CHANGED && isUpdated(row);
    boolean bad = version != Version.CLEAN && row == rows - 1 - rows / 100;
    line.append(row).append(',').append("SKU-").append(random.nextInt(1_000_000, 9_999_999));
    line.append(',').append(NAMES[random.nextInt(NAMES.length)]);
    line.append(',').append(CITIES[random.nextInt(CITIES.length)]);
    line.append(",order").append(row).append(updated ? "@new.example" : "@shop.example");
    line.append(',').append(DAY.plusDays(random.nextInt(2_500)));
    line.append(',').append(MOMENT.plusMinutes(random.nextInt(1_000_000))).append(":07");
    line.append(',').append(bad ? "twelve" : String.valueOf(random.nextInt(1, 100)));
    line.append(',').append(random.nextInt(1, 5_000)).append('.').append(random.nextInt(10, 99));
    line.append(',').append(weight(random));
    line.append(',').append(random.nextBoolean());
    line.append(',').append(NOTES[random.nextInt(NOTES.length)]).append('\n');
  }

  private static String weight(SplittableRandom random) {
    return random.nextInt(10) == 0
        ? ""
        : random.nextInt(0, 900) + "." + String.format(Locale.ROOT, "%03d", random.nextInt(1_000));
  }

  private static String header(Version version) {
    String names =
        "id,sku,customer,city,email,ordered_on,updated_at,quantity,price,weight,express,note\n";
    return version == Version.SAME ? names.replaceAll("\\w+", "\"$0\"") : names;
  }

  private boolean isUpdated(long row) {
    return row < rows && row % 200 == 6;
  }

  private boolean isDeleted(long row) {
    return row < rows && row % 400 == 13;
  }

  private long count(long rest, long step) {
    return rows <= rest ? 0 : (rows - 1 - rest) / step + 1;
  }
}
