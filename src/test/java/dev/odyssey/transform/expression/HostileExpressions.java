package dev.odyssey.transform.expression;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.text.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Expressions of somebody who means harm, as tests: of a stream whose file has columns a and b.
 *
 * @param directory for its files
 */
record HostileExpressions(Path directory) {
  /** Each is refused with the reason that follows it. */
  Stream<DynamicTest> refused(String... expressionsAndReasons) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < expressionsAndReasons.length; i += 2) {
      String expression = expressionsAndReasons[i];
      String reason = expressionsAndReasons[i + 1];
      tests.add(
          test(
              expression,
              () ->
                  assertThatExceptionOfType(PermanentFailure.class)
                      .isThrownBy(() -> run(expression))
                      .withMessageStartingWith("Stream \"orders\", column \"out\": the transform ")
                      .withMessageContaining(" is refused")
                      .withMessageContaining(reason)));
    }
    return tests.stream();
  }

  static DynamicTest test(String expression, Executable body) {
    return DynamicTest.dynamicTest(Names.shown(expression), body);
  }

  TransformResult run(String expression) {
    return Job.in(directory).file("a,b\n1,x\n").transform("out", expression).run();
  }
}
