package dev.odyssey.transform.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a definition says of types that changes nothing, and may be a slip of the pen. */
final class DefinitionDoubts {
  private static final int MAX = 20;

  private final JsonNode definition;
  private final Set<String> made;
  private final Map<String, ColumnType> types;
  private final List<String> untyped;

  /**
   * @param types of the stream's schema, by name
   */
  DefinitionDoubts(JsonNode definition, List<Mapping> mappings, Map<String, ColumnType> types) {
    this.definition = definition;
    this.made = Names.keys(mappings.stream().map(Mapping::target).toList());
    this.types = types;
    this.untyped =
        mappings.stream().filter(mapping -> mapping.type() == null).map(Mapping::target).toList();
  }

  /** For a person; the first of many. */
  List<String> all() {
    return untyped.isEmpty()
        ? List.of()
        : Stream.concat(typesInMappings().stream(), misspelt()).toList();
  }

  private List<String> typesInMappings() {
    List<String> doubts = new ArrayList<>();
    for (JsonNode field : definition.path("fieldMappings")) {
      String target = field.path("target").asText();
      String type = field.path("type").asText();
      if (doubts.size() < MAX && !type.isBlank() && untyped.contains(target)) {
        doubts.add(
            "The mapping of %s has a type, %s, which is not read: types are in the stream's schema, which has none for this column."
                .formatted(Names.shown(target), Names.shown(type)));
      }
    }
    return doubts;
  }

  private Stream<String> misspelt() {
    return types.entrySet().stream()
        .filter(column -> !column.getValue().equals(ColumnType.TEXT))
        .map(Map.Entry::getKey)
        .filter(name -> !Names.isAnyOf(List.of(name), made))
        .limit(MAX)
        .flatMap(
            name ->
                Names.nearest(untyped, name)
                    .map(
                        meant ->
                            "The stream's schema has a type for %s, which is no column of the stream; did you mean %s, which has none?"
                                .formatted(Names.shown(name), Names.shown(meant)))
                    .stream());
  }
}
