package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.text.Nesting;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;

/** What {@code json_group_structure} says of a column. Stateless. */
public final class JsonShape {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The engine takes expressions of 1,000 levels; of a value of 200 it makes more. */
  private static final int MOST_LEVELS = 64;

  /** Each is a column of the Parquet file, of which the engine holds 600 KB; more are no fields. */
  private static final int MOST_FIELDS = 1_000;

  private JsonShape() {}

  /**
   * False where the engine has no STRUCT for it: keys that are empty, or differ in case alone, or
   * hold U+0000, at which its parser ends; or could not read it again, for lists within lists; or
   * compute with it, for what is deeper still; or where keys are so many that they are values.
   */
  public static boolean isStruct(String structure) {
    try {
      JsonNode shape = JSON.readTree(structure);
      return isStruct(shape, 0, 0) && values(shape) <= MOST_FIELDS;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("json_group_structure gave no JSON", e);
    }
  }

  private static boolean isStruct(JsonNode shape, int levels, int lists) {
    if (lists > Nesting.MOST || levels > MOST_LEVELS) {
      return false;
    }
    Set<String> names = new HashSet<>();
    for (Iterator<String> all = shape.fieldNames(); all.hasNext(); ) {
      String name = all.next();
      if (name.isEmpty() || name.indexOf('\0') >= 0 || !names.add(name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    for (JsonNode inner : shape) {
      if (!isStruct(inner, levels + 1, shape.isArray() ? lists + 1 : lists)) {
        return false;
      }
    }
    return true;
  }

  private static int values(JsonNode shape) {
    int values = shape.isContainerNode() ? 0 : 1;
    for (JsonNode inner : shape) {
      values += values(inner);
    }
    return values;
  }
}
