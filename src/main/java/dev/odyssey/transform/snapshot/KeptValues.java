package dev.odyssey.transform.snapshot;

import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.rows.Field;
import dev.odyssey.transform.text.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last snapshot's values that go on beside the file's, in an incremental sync. Immutable.
 *
 * @param previous null where no row stays
 */
public record KeptValues(Previous previous, StreamDefinition stream) {

  public static KeptValues of(LastSnapshot last, StreamDefinition stream) {
    return new KeptValues(stream.incremental() ? last.previous() : null, stream);
  }

  /** SQL of the rows that may stay; empty where none does. */
  public Optional<String> rows() {
    return Optional.ofNullable(previous).map(last -> Sql.parquet(last.files()));
  }

  /**
   * The columns, with their types, that a stream has from its files alone and the present one
   * lacks, but for those of the key: rows that stay have values there.
   *
   * @param names of the file's columns
   */
  public Map<String, String> beside(List<String> names) {
    Map<String, String> beside = new LinkedHashMap<>();
    if (previous != null && stream.mappings().isEmpty()) {
      beside.putAll(previous.columns());
      beside.keySet().removeIf(column -> names.stream().anyMatch(column::equalsIgnoreCase));
      stream
          .primaryKey()
          .forEach(key -> Names.match(beside.keySet(), key).ifPresent(beside::remove));
    }
    return beside;
  }

  /** Whether what a column of the file is mapped to was a text and no JSON. */
  public boolean isText(String column, String name) {
    return targets(column, name).stream().anyMatch(target -> type(target).equals(Field.TEXT));
  }

  /**
   * SQL of a relation of one column: as JSON the texts and nested values of what a column of the
   * file is mapped to. Empty where there are none.
   *
   * @param name by which a stream without mappings has the column
   */
  public Optional<String> json(String column, String name) {
    return targets(column, name).stream()
        .filter(target -> isNested(type(target)) || type(target).equals(Field.TEXT))
        .map(
            target ->
                "SELECT %s FROM %s".formatted(asJson(type(target), target), rows().orElseThrow()))
        .reduce((a, b) -> a + "\nUNION ALL\n" + b);
  }

  private List<String> targets(String column, String name) {
    return stream.mappings().isEmpty()
        ? List.of(name)
        : stream.mappings().stream()
            .filter(mapping -> mapping.transform() == null)
            .filter(mapping -> Names.match(List.of(column), mapping.source()).isPresent())
            .map(Mapping::target)
            .toList();
  }

  private String type(String target) {
    return previous == null ? "" : previous.type(target).orElse("");
  }

  private static String asJson(String type, String target) {
    String value = Sql.identifier(target);
    return isNested(type)
        ? "to_json(" + value + ")"
        : "CASE WHEN json_valid(%1$s) THEN %1$s::JSON ELSE to_json(%1$s) END".formatted(value);
  }

  private static boolean isNested(String type) {
    return StoredType.isNested(type) || type.equals("JSON");
  }
}
