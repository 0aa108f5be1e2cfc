package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are what the file says, to the last digit. */
class JsonDigitsTest {
  @TempDir Path directory;

  @Test
  void keepsEveryDigit() {
    TransformResult result =
        Job.in(directory)
            .file(
                "[{\"i\":9007199254740993,\"d\":0.12345678901234567890,\"e\":123456789012345678.25,\"t\":\"007\"}]")
            .schema("i integer", "d decimal(38,20)", "e decimal(30,2)", "t text")
            .run();

    assertThat(Job.rows(result, "i, d, e, t"))
        .containsExactly("9007199254740993|0.12345678901234567890|123456789012345678.25|007");
  }

  @Test
  void keepsTheDigitsOfWhatIsOfSeveralKinds() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":{\"x\":1E+2}},{\"a\":[12345678901234567890.123]}]")
            .config("{'nested': 'struct'}")
            .run();

    assertThat(Job.rows(result, "a")).containsExactly("{\"x\":1E+2}", "[12345678901234567890.123]");
  }

  @Test
  void keepsTheDigitsOfWhatAPathReaches() {
    String nested = "{\"p\":1.10,\"q\":[1234567890123456.78,{\"r\":\"1.0\",\"s\":1e2}],\"t\":7}";
    Job job = Job.in(directory).file("[{\"a\":" + nested + "}]");

    job.mapping("a.p", "p").mapping("a.q[0]", "q").mapping("a.q[1]", "r").mapping("a.t", "t");
    TransformResult result = job.mapping("a", "a").run();

    assertThat(Job.rows(result, "p, q, r, t"))
        .containsExactly("1.10|1234567890123456.78|{\"r\":\"1.0\",\"s\":1e2}|7");
    assertThat(Job.rows(result, "a")).containsExactly(nested);
  }

  /** Of these the engine's double says something else, or says it otherwise. */
  @ParameterizedTest
  @ValueSource(strings = {"0.00000012", "9.824120171164321", "12345678901234567.5", "-0.0", "1.50"})
  void keepsNumbersThatADoubleWouldWriteOtherwise(String number) {
    Job job = Job.in(directory).file("[{\"a\":{\"p\":" + number + "}}]");

    assertThat(Job.rows(job.mapping("a.p", "p").run(), "p")).containsExactly(number);
  }

  @Test
  void whatNumbersWereMarkedWithIsNeverSeen() {
    Job job = Job.in(directory).file("[{\"a\":{\"p\":1.10}},{\"a\":{\"p\":7}}]");

    assertThat(Job.rows(job.mapping("a", "a").mapping("a.p", "p").run(), "a, p"))
        .containsExactly("{\"p\":1.10}|1.10", "{\"p\":7}|7");
  }

  /** JSON has no number for them. */
  @Test
  void whatIsNoFiniteNumberIsATextWithinOtherValues() {
    Job job = Job.in(directory).file("[{\"a\":{\"p\":NaN,\"q\":[-Infinity]}}]");

    assertThat(Job.rows(job.mapping("a", "a").mapping("a.p", "p").run(), "a, p"))
        .containsExactly("{\"p\":\"NaN\",\"q\":[\"-Infinity\"]}|NaN");
  }
}
