package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.expression.AllowedFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/transform.md is true: its functions are the allowed ones, its examples give what it says.
 */
class TransformDocsTest {
  private static final String ROW =
      """
      {"first": "Ada", "last": "Lovelace", "email": "ada.lovelace@example.com", "missing": null,
       "iban": "DE89 3704 0044 0532 0130 00", "born": "10.12.1815", "amount": "1.234,50",
       "tags": "a;b;c", "note": "",
       "doc": {"user": {"city": "London", "roles": ["admin", "dev"]}}}
      """;
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir Path directory;

  @Test
  void listsEveryAllowedFunctionOnce() throws Exception {
    List<String> listed = new ArrayList<>();
    for (List<String> row : table("| function |")) {
      listed.addAll(codes(row.get(0)));
    }

    assertThat(listed).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(listed)).isEqualTo(new TreeSet<>(AllowedFunctions.ALL));
  }

  @Test
  void itsFunctionsGiveWhatItSays() throws Exception {
    assertGives(table("| function |"), 2, 3);
  }

  @Test
  void itsFunctionsAreAliases() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : table("| function |")) {
      List<String> names = codes(row.get(0));
      String first = names.get(0) + "(";
      String example = codes(row.get(2)).get(0);
      for (String name : names.subList(1, names.size())) {
        if (example.contains(first) && Character.isLetter(name.charAt(0))) {
          rows.add(List.of("`" + example.replace(first, name + "(") + "`", row.get(3)));
        }
      }
    }

    assertThat(rows).hasSizeGreaterThan(20);
    assertGives(rows, 0, 1);
  }

  @Test
  void itsRecipesGiveWhatItSays() throws Exception {
    List<List<String>> recipes = table("| purpose |");

    assertThat(recipes).hasSizeGreaterThan(15);
    assertGives(recipes, 1, 2);
  }

  private void assertGives(List<List<String>> rows, int example, int result) {
    Job job = Job.in(directory).file(ROW.replaceAll("\\n\\s*", " ") + "\n");
    List<String> expected = new ArrayList<>();
    for (List<String> row : rows) {
      String expression = codes(row.get(example)).get(0);
      job.transform("c" + expected.size(), expression);
      expected.add(expression + " = " + row.get(result).replace("NULL", "~"));
    }

    String mapped =
        "COLUMNS(* EXCLUDE (\"$_ref\", \"$_operation\", \"$_timestamp\", \"$_last_updated\"))::VARCHAR";
    String[] values = Job.rows(job.run(), mapped).get(0).split("\\|", -1);

    List<String> actual = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      actual.add(codes(rows.get(i).get(example)).get(0) + " = " + values[i]);
    }
    assertThat(String.join("\n", actual)).isEqualTo(String.join("\n", expected));
  }

  /** The cells of the table whose head starts so. */
  private static List<List<String>> table(String head) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("docs/transform.md"));
    int start = 0;
    while (!lines.get(start).startsWith(head)) {
      start++;
    }
    for (String line : lines.subList(start + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      List<String> cells = new ArrayList<>();
      for (String cell : CELL_END.split(line.substring(1), -1)) {
        cells.add(cell.strip().replace("\\|", "|"));
      }
      rows.add(cells.subList(0, cells.size() - 1));
    }
    return rows;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  @Test
  void everyFunctionWithAConstantOrAFactorIsAllowed() {
    for (Set<String> names :
        List.of(
            AllowedFunctions.CONSTANT_ARGUMENTS.keySet(),
            AllowedFunctions.JSON_PATHS,
            AllowedFunctions.COPYING)) {
      assertThat(AllowedFunctions.ALL).containsAll(names);
    }
  }
}
