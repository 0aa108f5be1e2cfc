package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.Transform;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples through the real transform: what they are said to hold is what is read from them. */
class SamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void areTheSameOnEveryMachine(Sample sample) throws Exception {
    sample.put(1, folder.resolve("one"));
    sample.put(1, folder.resolve("two"));

    assertThat(folder.resolve("one").resolve(sample.object()))
        .hasSameBinaryContentAs(folder.resolve("two").resolve(sample.object()));
  }

  @ParameterizedTest
  @EnumSource
  void holdAsManyRowsAsTheirCountsSay(Sample sample) throws Exception {
    assertThat(transform(sample, 1)).hasSize((int) sample.counts(1).processed());
    assertThat(transform(sample, 2)).hasSize((int) sample.counts(2).processed());
  }

  @ParameterizedTest
  @EnumSource(names = "PRODUCTS", mode = EnumSource.Mode.EXCLUDE)
  void changeByKeyAsTheirCountsSay(Sample sample) throws Exception {
    Map<Object, Object> before = refsByKey(sample, 1);
    Map<Object, Object> after = refsByKey(sample, 2);
    Counts counts = sample.counts(2);

    assertThat(count(after.keySet(), key -> !before.containsKey(key))).isEqualTo(counts.inserted());
    assertThat(count(after.keySet(), key -> after.get(key).equals(before.get(key))))
        .isEqualTo(counts.unchanged());
    assertThat(after.size() - counts.inserted() - counts.unchanged()).isEqualTo(counts.updated());
    if (sample != Sample.EVENTS) {
      assertThat(count(before.keySet(), key -> !after.containsKey(key)))
          .isEqualTo(counts.deleted());
    }
  }

  @Test
  void productsChangeByContentAsTheirCountsSay() throws Exception {
    List<Object> before = refs(Sample.PRODUCTS, 1);
    List<Object> after = refs(Sample.PRODUCTS, 2);
    Set<Object> kept = new HashSet<>(after);
    kept.retainAll(before);
    Counts counts = Sample.PRODUCTS.counts(2);

    assertThat(new HashSet<>(before)).as("one row is there twice").hasSize(before.size() - 1);
    assertThat(kept).hasSize((int) counts.unchanged());
    assertThat(after.size() - kept.size()).isEqualTo((int) counts.inserted());
    assertThat(before.size() - kept.size()).isEqualTo((int) counts.deleted());
  }

  @Test
  void customersBringWhatBreaksNaiveReaders() throws Exception {
    var rows = transform(Sample.CUSTOMERS, 1);
    String text = Files.readString(source(Sample.CUSTOMERS), UTF_8);

    assertThat(text).contains("\"\"after six\"\"", "東京", "🎉", "\n0000001,00");
    assertThat(column(rows, "customer_id")).contains("0000001");
    assertThat(column(rows, "notes"))
        .contains((Object) null, "", "First line\nsecond line; third, with comma", "NULL");
  }

  @Test
  void invoicesSpeakGermanAndLatin1() throws Exception {
    var rows = transform(Sample.INVOICES, 1);
    String text = Files.readString(source(Sample.INVOICES), ISO_8859_1);

    assertThat(text).contains("Fällig am", ";0000-00-00;;").containsPattern(";\\d\\.\\d{3}\\.\\d");
    assertThat(rows.get(39)).containsEntry("invoice_date", null).containsEntry("due_date", null);
    assertThat(column(rows, "customer")).contains("Bäckerei Groß");
    assertThat(column(rows, "gross")).doesNotContainNull();
    assertThat(column(rows, "paid")).contains(true, false).doesNotContainNull();
    assertThat(rows.get(0).get("due_date")).isInstanceOf(LocalDate.class);
  }

  @Test
  void eventsNest() throws Exception {
    var rows = transform(Sample.EVENTS, 1);

    assertThat(column(rows, "city")).contains("Łódź", (Object) null);
    assertThat(column(rows, "user_id")).hasAtLeastOneElementOfType(Long.class);
    assertThat(column(rows, "payload").toString()).contains("WINTER❄");
  }

  @Test
  void readingsHideOneBadValueFarDown() throws Exception {
    var before = transform(Sample.READINGS, 1);
    var after = transform(Sample.READINGS, 2);

    assertThat(count(column(before, "temperature"), value -> value == null)).isEqualTo(1);
    assertThat(before.get(Readings.BAD_ROW - 1)).containsEntry("temperature", null);
    assertThat(column(after, "temperature")).doesNotContainNull();
  }

  private Map<Object, Object> refsByKey(Sample sample, int version) throws Exception {
    String key = definition(sample).at("/stream/primaryKey/0").asText();
    return transform(sample, version).stream()
        .collect(Collectors.toMap(row -> row.get(key), row -> row.get("$_ref")));
  }

  private List<Object> refs(Sample sample, int version) throws Exception {
    return column(transform(sample, version), "$_ref");
  }

  private List<Map<String, Object>> transform(Sample sample, int version) throws Exception {
    sample.put(version, folder);
    Path directory = Files.createTempDirectory(folder, "job");
    Path file = Files.copy(source(sample), directory.resolve("source"));
    TransformResult result =
        new Transform(TransformSettings.defaults())
            .run(
                new TransformRequest(
                    new UUID(0, version),
                    sample.streamId(),
                    definition(sample),
                    file,
                    null,
                    directory,
                    Instant.EPOCH));
    return ParquetRows.read(result.snapshot());
  }

  private Path source(Sample sample) {
    return folder.resolve(sample.object());
  }

  private static JsonNode definition(Sample sample) throws Exception {
    return JSON.readTree(sample.definition());
  }

  private static List<Object> column(List<Map<String, Object>> rows, String name) {
    return rows.stream().map(row -> row.get(name)).toList();
  }

  private static <T> long count(Iterable<T> values, Function<T, Boolean> matches) {
    long count = 0;
    for (T value : values) {
      count += matches.apply(value) ? 1 : 0;
    }
    return count;
  }
}
