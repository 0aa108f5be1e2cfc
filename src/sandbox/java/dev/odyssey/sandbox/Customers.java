package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.PrimitiveIterator;

/**
 * Generated, modelled on the CRM exports that people upload: 31 columns of UTF-8 CSV, with quotes
 * and line breaks inside values, leading zeros, names in several scripts, and NULL beside "".
 */
final class Customers implements SampleFile {

  static final Rows ROWS = new Rows(1_000, 1_025, row -> row % 100 == 7, row -> row % 50 == 3);

  private static final String[] COLUMNS =
      ("CustomerID,ExternalRef,Salutation,FirstName,LastName,Company,VatID,Email,Phone,Mobile,Fax,"
              + "Website,Street,HouseNo,Address 2,ZIP,City,Region,Country,Lat,Lon,BirthDate,Lang,"
              + "Currency,CreditLimit,Discount%,Newsletter,Orders,Notes,CreatedAt,UpdatedAt")
          .split(",");

  private static final String[][] PLACES = {
    {"01067", "Dresden", "Sachsen", "DE", "51.0504", "13.7373", "de", "EUR"},
    {"80331", "München", "Bayern", "DE", "48.1351", "11.5820", "de", "EUR"},
    {"8001", "Zürich", "ZH", "CH", "47.3769", "8.5417", "de", "CHF"},
    {"02108", "Boston", "MA", "US", "42.3601", "-71.0589", "en", "USD"},
    {"〒100-0001", "東京", "千代田区", "JP", "35.6762", "139.6503", "ja", "JPY"},
    {"06000", "Nice", "Provence-Alpes-Côte d'Azur", "FR", "43.7102", "7.2620", "fr", "EUR"},
    {"0150", "Oslo", null, "NO", "59.9139", "10.7522", "nb", "NOK"}
  };

  @Override
  public void write(int version, Path file) throws IOException {
    try (Writer csv = Files.newBufferedWriter(file, UTF_8)) {
      csv.write(Csv.line(",", (Object[]) COLUMNS));
      for (PrimitiveIterator.OfInt rows = ROWS.in(version).iterator(); rows.hasNext(); ) {
        int row = rows.nextInt();
        csv.write(Csv.line(",", customer(row, ROWS.isChanged(row, version))));
      }
    }
  }

  private static Object[] customer(int row, boolean changed) {
    Dice dice = new Dice("customers", row);
    String first = dice.one("Jürgen", "Zoë", "François", "李", "さくら", "Søren", "Anna", "O'Neil");
    String last = dice.one("Müller", "Straße", "D'Arcy", "小明", "山田", "Ærø", "Smith-Jones", "Ng");
    String[] place = PLACES[dice.between(0, PLACES.length - 1)];
    LocalDate created = LocalDate.of(2021, 1, 1).plusDays(dice.between(0, 1_400));
    return new Object[] {
      "%07d".formatted(row),
      "00%d".formatted(dice.between(1_000, 9_999)),
      dice.one("Frau", "Herr", "", "Mx."),
      first,
      last,
      dice.percent(40) ? null : company(dice, last),
      dice.percent(60) ? null : place[3] + dice.between(100_000_000, 999_999_999),
      "kunde" + row + (changed ? "@new.example" : "@example.org"),
      phone(dice),
      dice.percent(30) ? null : phone(dice),
      dice.percent(80) ? "" : phone(dice),
      dice.percent(50) ? null : "https://example.org/~" + row + "?ref=a,b",
      dice.one(
          "Hauptstraße", "Rue de l'Église", "Main St., \"Old Mill\"", "桜通り", "Kirkegårdsveien"),
      dice.between(1, 200) + dice.one("", "", "a", " 1/2"),
      dice.one(null, null, "", "c/o Weber", "Hinterhaus, 2. Stock"),
      place[0],
      place[1],
      place[2],
      place[3],
      place[4],
      place[5],
      dice.percent(30) ? null : LocalDate.of(1950, 1, 1).plusDays(dice.between(0, 20_000)),
      place[6],
      place[7],
      dice.between(0, 50) + "00.00",
      dice.one("0", "2.5", "10", "12.75"),
      dice.one("true", "false"),
      dice.between(0, 400),
      notes(dice),
      created + "T08:15:00Z",
      changed ? "2025-02-01T10:30:00Z" : created.plusDays(dice.between(0, 90)) + "T17:45:10+01:00"
    };
  }

  private static String company(Dice dice, String last) {
    return last + dice.one(" GmbH & Co. KG", ", Inc.", " \"Die Werkstatt\" AG", "株式会社");
  }

  private static String phone(Dice dice) {
    return "0" + dice.between(30, 999) + "/" + dice.between(1_000_000, 9_999_999);
  }

  private static String notes(Dice dice) {
    return dice.one(
        null,
        "",
        "VIP 🎉",
        "Calls back \"after six\", never before",
        "First line\nsecond line; third, with comma",
        "Windows break\r\nand a tab\there",
        " leading and trailing blanks ",
        "NULL",
        "100 % zufrieden \\ immer 😀");
  }
}
