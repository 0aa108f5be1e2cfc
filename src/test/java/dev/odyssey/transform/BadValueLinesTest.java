package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.ProgressMeter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadValueLinesTest {
  @TempDir Path directory;

  @Test
  void countsPreambleHeaderAndLineBreaksInFields() {
    TransformResult result =
        typed("Report of May\n\nid,\"the\nnote\",amount\n1,a,2\n2,\"b\n\nb\",x\n3,c,4\n").run();

    assertThat(Samples.of(result, "amount")).containsExactly("6:x");
  }

  @Test
  void findsTheColumnAndNotTheText() {
    TransformResult result = typed("id,note,amount\n1,oops,2\n2,oops,oops\n3,x,oops\n").run();

    assertThat(Samples.of(result, "amount")).containsExactly("3:oops", "4:oops");
  }

  @Test
  void findsTextsThatAreQuotedInTheFile() {
    TransformResult result =
        typed("id,note,amount\n1,a,\"1,5\"\n2,b,\"say \"\"no\"\"\"\n3,c,\"two\nlines\"\n").run();

    assertThat(Samples.of(result, "amount"))
        .containsExactly("2:1,5", "3:say \"no\"", "4:two\nlines");
  }

  @Test
  void findsThemInAFileThatHadToBeRewritten() {
    TransformResult result =
        typed("id,note,amount\n1,a \"q\" b,2\r\n2,\"x \"y\" z\",no\r3\n4,z,never\n").run();

    assertThat(Samples.of(result, "amount")).containsExactly("3:no", "5:never");
    assertThat(result.rejected()).isEqualTo(1);
  }

  @Test
  void findsThemWhereQuotesDoNotPair() {
    TransformResult result = typed("id,note,amount\n1,5\" pipe,2\n2,b,no\n3,c,4\n").run();

    assertThat(Samples.of(result, "amount")).containsExactly("3:no");
  }

  @Test
  void oneBadValueLateInTheFileIsOneBadValue() {
    int rows = 200_000;
    StringBuilder file = new StringBuilder("id,note,amount\n");
    for (int i = 1; i <= rows; i++) {
      file.append(i).append(i % 100 == 0 ? ",\"two\nlines\"," : ",note,");
      file.append(i == rows - 7 ? "n.a." : "1.5").append('\n');
    }

    TransformResult result = typed(file.toString()).run();

    assertThat(Samples.of(result, "amount"))
        .containsExactly((1 + rows - 7 + (rows - 7) / 100) + ":n.a.");
    assertThat(result.inserted()).isEqualTo(rows);
  }

  @Test
  void givesTenSamplesOfMany() {
    StringBuilder file = new StringBuilder("id,note,amount\n");
    for (int i = 1; i <= 50; i++) {
      file.append(i).append(",n,").append(i % 2 == 0 ? "bad" : "1").append('\n');
    }

    TransformResult result = typed(file.toString()).run();

    assertThat(Samples.of(result, "amount")).hasSize(10).startsWith("3:bad", "5:bad");
    assertThat(result.details().path("badValues").path(0).path("count").asInt()).isEqualTo(25);
  }

  /** Each of the queries for the likely rows reads the names of all columns. */
  @Test
  void ofManyColumnsTakeFewQueries() {
    ProgressMeter recording = ProgressMeter.recording();
    String[] schema = new String[200];
    Arrays.setAll(schema, i -> "c" + i + " integer");
    String header = String.join(",", schema).replace(" integer", "");
    String file = header + "\n1" + ",1".repeat(199) + "\nx" + ",x".repeat(199) + "\n";

    TransformResult result =
        Job.in(directory)
            .schema(schema)
            .file(file)
            .run((place, settings, bytes, meter) -> Engine.open(place, settings, recording));

    assertThat(Samples.of(result, "c0")).containsExactly("3:x");
    assertThat(Samples.of(result, "c199")).containsExactly("3:x");
    assertThat(recording.statements()).hasSizeLessThan(100);
  }

  @Test
  void ofAnExpressionAreFoundByWhatItReads() {
    String file = "a,b,c\n1,2,x\nq,2,x\n,q,x\nq,2,y\n\"\",q,x\n";

    TransformResult result = expression("integer", "a || b").file(file).run();
    TransformResult shown = expression("integer", "upper(c)").file(file).run();

    assertThat(Samples.of(result)).containsExactly("n 3:q2", "n 5:q2", "n 6:q");
    assertThat(Samples.of(shown)).containsExactly("n 2:X", "n 3:X", "n 4:X", "n 5:Y", "n 6:X");
  }

  @Test
  void ofAnExpressionThatFailsAreFoundByWhatItReads() {
    TransformResult result =
        expression("date", "CASE WHEN a > b THEN strptime(b, '%d.%m.%Y') END")
            .file("a,b\n9,01.02.2026\n9,1.13.2026\n0,1.14.2026\n9,1.15.2026\n")
            .run();

    assertThat(Samples.of(result)).containsExactly("n 3:9, 1.13.2026", "n 5:9, 1.15.2026");
  }

  @Test
  void ofAnExpressionAreExactInARewrittenFile() {
    TransformResult result =
        expression("integer", "a || b").file("a,b\n1,2\n1 \"2\" 3,-\n\n7\n0,-\n1,-\n").run();

    assertThat(Samples.of(result)).containsExactly("n 3:1 \"2\" 3-", "n 6:0-", "n 7:1-");
    assertThat(result.rejected()).isEqualTo(1);
  }

  @Test
  void findsLongTexts() {
    String text = "long ".repeat(300) + "text";

    TransformResult result = typed("id,amount\n1,1\n2," + text + "\n").run();

    assertThat(Samples.of(result)).hasSize(1).first().asString().startsWith("amount 3:long long");
  }

  @Test
  void aColumnOfTheFileMayHaveTheLinesName() {
    String file = "$_line,$_LINE_1\nx \"y\" z,1\n,no\n";

    TransformResult result =
        Job.in(directory)
            .file(file)
            .schema("a text", "b integer")
            .mapping("$_line", "a")
            .mapping("$_LINE_1", "b")
            .config("{'maxBadValueRatio': 1}")
            .run();

    assertThat(Job.rows(result, "a, b")).containsExactly("x \"y\" z|1", "~|~");
    assertThat(Samples.of(result)).containsExactly("b 3:no");
  }

  private Job expression(String type, String expression) {
    return Job.in(directory)
        .schema("n " + type)
        .transform("n", expression)
        .config("{'maxBadValueRatio': 1}");
  }

  private Job typed(String file) {
    return Job.in(directory)
        .file(file)
        .schema("id integer", "amount decimal(10,2)")
        .config("{'maxBadValueRatio': 1}");
  }
}
