package dev.odyssey.transform.json;

import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.text.Names;
import java.util.List;
import java.util.stream.Stream;

/** What another may see otherwise of where the rows were found in a document. Stateless. */
final class JsonDoubts {
  private static final String ONE_ROW =
      "The document is one object without a list of objects, and was taken as the only row. Where"
          + " its rows are its values, set the source option rowsPath to *; where they are in a"
          + " list that may be empty, to its name; pandas writes rows by"
          + " to_json(orient=\"records\").";

  private static final String SECOND =
      "The document is a list of an object and a list, and the rows are those of that list. Where"
          + " they are not, set the source option rowsPath to $.";

  private JsonDoubts() {}

  /** Where the document was taken for the row. */
  static void ofRow(JsonOutline outline, JsonRows rows) {
    rows.doubt(
        "The document is one object with all mapped columns, and was taken as the only row. Where the rows are those of the list %s, set the source option rowsPath to its name."
            .formatted(shown(outline.candidates())));
  }

  /** Where the only list in it has the rows, or there is none. */
  static void of(JsonOutline outline, StreamDefinition stream, JsonRows rows) {
    if (outline.mayBeRowWith(stream.rowColumns())) {
      rows.doubt(
          "The rows are those of the list %s, but the object around it has %s as well. Where that is the row, set the source option rowsPath to $."
              .formatted(shown(outline.candidates()), Names.shown(stream.rowColumns())));
    }
    if (outline.isSecondOfList()) {
      rows.doubt(SECOND);
    }
    if (!outline.alike().isEmpty()) {
      rows.doubt(
          "The rows are those of the list %s, but the object that it is in is one of several with the same keys. Where these are the rows, set the source option rowsPath to %s."
              .formatted(shown(outline.candidates()), shown(valuesOf(outline.alike()))));
    }
    if (outline.isRow()) {
      rows.doubtOnlyRow(ONE_ROW);
    }
    if (!outline.empty().isEmpty()) {
      rows.doubt(
          "The rows are those of the list %s; without any is %s. Where they belong there, set the source option rowsPath to its name."
              .formatted(shown(outline.candidates()), shown(outline.empty())));
    }
  }

  private static List<JsonPath> valuesOf(List<JsonPath> objects) {
    return objects.stream()
        .map(path -> new JsonPath(Stream.concat(path.steps().stream(), Stream.of("*")).toList()))
        .toList();
  }

  static String shown(List<JsonPath> paths) {
    return Names.shown(paths.stream().map(JsonPath::toString).toList());
  }
}
