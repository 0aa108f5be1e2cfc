package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.PrimitiveIterator;

/**
 * Generated, modelled on German accounting exports: semicolons, Latin-1, decimal commas with points
 * for thousands, dates as 31.12.2025 and as 2025-12-31, of which some are 0000-00-00.
 */
final class Invoices implements SampleFile {

  static final Rows ROWS = new Rows(2_000, 2_040, row -> row % 200 == 11, row -> row % 80 == 5);

  private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("dd.MM.uuuu");

  @Override
  public void write(int version, Path file) throws IOException {
    try (Writer csv = Files.newBufferedWriter(file, ISO_8859_1)) {
      csv.write(
          "Rechnungsnummer;Kunde;Ort;Rechnungsdatum;Fällig am;Netto;USt-Satz;Brutto;Bezahlt;"
              + "Bemerkung\r\n");
      for (PrimitiveIterator.OfInt rows = ROWS.in(version).iterator(); rows.hasNext(); ) {
        int row = rows.nextInt();
        csv.write(Csv.line(";", invoice(row, ROWS.isChanged(row, version))));
      }
    }
  }

  private static Object[] invoice(int row, boolean changed) {
    Dice dice = new Dice("invoices", row);
    boolean dated = row % 40 != 0;
    LocalDate date = LocalDate.of(2025, 1, 1).plusDays(dice.between(0, 364));
    int netCents = dice.percent(5) ? -dice.between(100, 50_000) : dice.between(100, 250_000_000);
    int vatPercent = dice.percent(80) ? 19 : 7;
    return new Object[] {
      "RE-2025-%05d".formatted(row),
      dice.one("Müller & Söhne", "Bäckerei Groß", "\"Zur Post\"; Inh. Weiß", "Café Déjà-vu"),
      dice.one("Köln", "Görlitz", "Saarbrücken", "Weißenfels"),
      dated ? date : "0000-00-00",
      dated ? GERMAN.format(date.plusDays(14)) : null,
      euros(netCents),
      vatPercent + ",0",
      euros(netCents + Math.round(netCents * vatPercent / 100.0)),
      changed || (!ROWS.changed().test(row) && dice.percent(60)) ? "ja" : "nein",
      dice.one(null, null, "Skonto 2 %;\nzahlbar sofort", "Lieferung \"frei Haus\"", "")
    };
  }

  private static String euros(long cents) {
    return String.format(Locale.GERMANY, "%,.2f", cents / 100.0);
  }
}
