package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.work.Folders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What {@code $_ref} promises, over rows made to be mistaken for one another. */
class RefPropertyTest {
  record Row(String a, String b, String c) {}

  @Property(tries = 30)
  void equalRowsHaveOneRefAndDifferentRowsTwo(@ForAll("rows") List<Row> rows) throws Exception {
    Path directory = Files.createTempDirectory("refs-");
    try {
      TransformResult result =
          Job.in(directory)
              .file(json(rows).getBytes(StandardCharsets.UTF_8))
              .schema("a text", "b text", "c text")
              .run();

      Map<String, String> refs = new HashMap<>();
      for (String line :
          Job.rows(
              result,
              "\"$_ref\", a IS NULL, b IS NULL, c IS NULL, hex(coalesce(a, '')), hex(coalesce(b, '')), hex(coalesce(c, ''))")) {
        String ref = line.substring(0, line.indexOf('|'));
        assertThat(refs.merge(ref, line, (first, second) -> first)).isEqualTo(line);
      }
      assertThat(refs).hasSize(new HashSet<>(rows).size());
      assertThat(result.totalRows()).isEqualTo(rows.size());
    } finally {
      Folders.delete(directory);
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<String> tricky =
        Arbitraries.of(
            "", " ", "|", "a", "a|", "|a", "||", "1", "1:", "\\", "\"", "null", "NULL", "0", "é",
            "e\u0301");
    Arbitrary<String> any =
        Arbitraries.strings().excludeChars((char) 0).ofMaxLength(5).filter(RefPropertyTest::isText);
    Arbitrary<String> cell =
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(5, tricky), net.jqwik.api.Tuple.of(2, any))
            .injectNull(0.2);
    return Combinators.combine(cell, cell, cell).as(Row::new).list().ofMinSize(1).ofMaxSize(60);
  }

  /** No half of a surrogate pair. */
  private static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String json(List<Row> rows) throws Exception {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> all.addObject().put("a", row.a()).put("b", row.b()).put("c", row.c()));
    return new ObjectMapper().writeValueAsString(all);
  }
}
