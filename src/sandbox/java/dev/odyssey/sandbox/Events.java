package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.PrimitiveIterator;
import java.util.UUID;

/**
 * Generated, modelled on a web shop's event log: NDJSON whose objects nest, lack fields, hold null
 * or carry new ones. The second version is an increment: the newest rows of the first, and new
 * ones.
 */
final class Events implements SampleFile {

  private static final int INCREMENT_STARTS_AFTER = 4_000;

  static final Rows ROWS =
      new Rows(
          5_000,
          5_300,
          row -> row <= INCREMENT_STARTS_AFTER || row % 500 == 13,
          row -> row % 250 == 9);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00.250Z");

  @Override
  public void write(int version, Path file) throws IOException {
    try (Writer lines = Files.newBufferedWriter(file, UTF_8)) {
      for (PrimitiveIterator.OfInt rows = ROWS.in(version).iterator(); rows.hasNext(); ) {
        int row = rows.nextInt();
        lines.write(JSON.writeValueAsString(event(row, ROWS.isChanged(row, version))));
        lines.write('\n');
      }
    }
  }

  private static ObjectNode event(int row, boolean changed) {
    Dice dice = new Dice("events", row);
    ObjectNode event = JSON.createObjectNode();
    event.put("id", new UUID(0x0e7e_0000_0000_4000L, 0x8000_0000_0000_0000L + row).toString());
    event.put("type", dice.one("page_view", "add_to_cart", "purchase", "search"));
    event.put("occurred_at", BEGIN.plusSeconds(row * 37L).toString());
    if (dice.percent(90)) {
      user(dice, event.putObject("user"));
    } else {
      event.putNull("user");
    }
    ObjectNode payload = event.putObject("payload");
    payload.put("amount", dice.between(1, 99_999) / 100.0);
    payload.put("corrected", changed);
    if (dice.percent(20)) {
      payload.putObject("coupon").put("code", dice.one("WINTER❄", "a\"b", "")).putNull("until");
    }
    event.putArray("tags").add(dice.one("new", "", "vip")).add("shop");
    if (row > 4_900) {
      event.put("app_version", "2." + dice.between(0, 9));
    }
    return event;
  }

  private static void user(Dice dice, ObjectNode user) {
    user.put("id", dice.between(1, 800));
    user.put("email", dice.one("anna@example.org", "bob+test@example.org", null));
    if (dice.percent(80)) {
      ObjectNode address = user.putObject("address");
      address.put("city", dice.one("Łódź", "Reykjavík", "São Paulo", "Москва", "İzmir"));
      address.put("country", dice.one("PL", "IS", "BR", "TR"));
    }
  }
}
