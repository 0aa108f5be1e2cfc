package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.odyssey.transform.text.CellKind;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the first of rows that are lists has the names of their columns, as the APIs of the US
 * Census and of Google Sheets send them. Immutable.
 */
public final class JsonListNames {
  private static final Pattern BY_PLACE = Pattern.compile("column\\d+", Pattern.CASE_INSENSITIVE);

  /** What a row is held as: each cell's text, and whether it is a value beyond doubt. */
  private record Cell(String text, boolean isText, boolean isValue) {}

  private final Optional<Boolean> told;
  private final Collection<String> wanted;

  /**
   * @param told by the config
   * @param wanted columns that the mappings ask for
   */
  public JsonListNames(Optional<Boolean> told, Collection<String> wanted) {
    this.told = told;
    this.wanted = wanted;
  }

  /** False where it is clear without a look at the rows that none has names. */
  boolean mayBe() {
    return told.orElse(wanted.stream().noneMatch(name -> BY_PLACE.matcher(name).matches()));
  }

  /**
   * @param first row, as JSON
   * @param second likewise; null where there is none
   * @return the names; empty where the first row has none
   */
  Optional<List<String>> of(String first, String second) throws IOException {
    List<Cell> cells = cells(first);
    boolean hasNames =
        told.orElse(
            looksLikeNames(first)
                && (Names.matching(cells.stream().map(Cell::text).toList(), wanted) > 0
                    || (second != null && hasValues(cells(second), cells.size()))));
    return hasNames ? Optional.of(names(cells)) : Optional.empty();
  }

  /** Different words, none of which is a number or a date. */
  boolean looksLikeNames(String row) throws IOException {
    Set<String> different = new HashSet<>();
    for (Cell cell : cells(row)) {
      if (!cell.isText()
          || cell.isValue()
          || cell.text().isBlank()
          || !different.add(cell.text().strip().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return !different.isEmpty();
  }

  /** Some place of it holds what is no name; empty cells at its end may be missing. */
  private static boolean hasValues(List<Cell> row, int width) {
    return row.size() <= width && row.stream().anyMatch(Cell::isValue);
  }

  private static List<String> names(List<Cell> cells) {
    List<String> names = new ArrayList<>();
    for (Cell cell : cells) {
      names.add(cell.text().isBlank() ? "column" + (names.size() + 1) : cell.text());
    }
    return Names.distinct(names);
  }

  private static List<Cell> cells(String row) throws IOException {
    List<Cell> cells = new ArrayList<>();
    try (JsonParser parser = JsonReader.JSON.createParser(row)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonToken token = parser.currentToken();
        boolean isText = token == JsonToken.VALUE_STRING;
        String text =
            token.isStructStart() || token == JsonToken.VALUE_NULL ? "" : parser.getText();
        boolean isValue = token.isScalarValue() && !isText && token != JsonToken.VALUE_NULL;
        cells.add(new Cell(text, isText, isValue || (isText && CellKind.of(text).isValue())));
        parser.skipChildren();
      }
    }
    return cells;
  }
}
