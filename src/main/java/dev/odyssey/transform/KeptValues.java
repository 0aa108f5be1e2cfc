package dev.odyssey.transform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last snapshot's values that go on beside the file's, in an incremental sync. Immutable.
 *
 * @param previous null where no row stays
 * @param mappings of the stream
 */
record KeptValues(Previous previous, List<Mapping> mappings) {

  static KeptValues of(LastSnapshot last, StreamDefinition stream) {
    return new KeptValues(stream.incremental() ? last.previous() : null, stream.mappings());
  }

  /** SQL of the rows that may stay; empty where none does. */
  Optional<String> rows() {
    return Optional.ofNullable(previous).map(last -> Sql.parquet(last.files()));
  }

  /**
   * SQL of a relation of one column: the nested values, as JSON, of what a column of the file is
   * mapped to. Empty where there are none.
   *
   * @param name by which a stream without mappings has the column
   */
  Optional<String> nested(String column, String name) {
    Map<String, String> columns = previous == null ? Map.of() : previous.columns();
    List<String> targets =
        mappings.isEmpty()
            ? List.of(name)
            : mappings.stream()
                .filter(mapping -> mapping.transform() == null)
                .filter(mapping -> Names.match(List.of(column), mapping.source()).isPresent())
                .map(Mapping::target)
                .toList();
    return targets.stream()
        .filter(target -> isNested(columns.getOrDefault(target, "")))
        .map(
            target ->
                "SELECT to_json(%s) FROM %s"
                    .formatted(Sql.identifier(target), rows().orElseThrow()))
        .reduce((a, b) -> a + "\nUNION ALL\n" + b);
  }

  private static boolean isNested(String type) {
    return StoredType.isNested(type) || type.equals("JSON");
  }
}
