package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineFailureTest {
  @Test
  void aMemoryLimitThatIsTooLowIsMetAgain() {
    RuntimeException failure =
        of(
            "Out of Memory Error: could not allocate block of size 256.0 KiB (121.9 MiB/122.0 MiB"
                + " used)");

    assertThat(failure)
        .isInstanceOfSatisfying(
            PermanentFailure.class,
            permanent -> assertThat(permanent.advice()).contains("Raise DUCKDB_MEMORY_LIMIT"));
  }

  /** The same columns meet the process's own limit again, too. */
  @Test
  void thousandsOfColumnsAreNamedAndNotTriedAgain() {
    for (String refused :
        List.of(
            "failed to allocate data of size 32.0 KiB (1.0 GiB/1.0 GiB used)", "bad allocation")) {
      assertThat(of("Out of Memory Error: " + refused, 5_000))
          .isInstanceOfSatisfying(
              PermanentFailure.class,
              permanent ->
                  assertThat(permanent.advice())
                      .contains("5,000 columns", "DUCKDB_MEMORY_LIMIT", "3,000 MB"));
    }
  }

  /** One thread may do with the memory that was too little for several. */
  @Test
  void itIsTheLimitThatIsMetAlsoWhereColumnsAreManyAndNoneIsNamed() {
    SQLException refused = new SQLException("Out of Memory Error: bad allocation");

    assertThat(EngineFailure.isMemoryLimit(refused, 5_000)).isTrue();
    assertThat(EngineFailure.isMemoryLimit(refused, 2)).isFalse();
    assertThat(EngineFailure.isMemoryLimit(new SQLException("Binder Error: x"), 5_000)).isFalse();
  }

  @Test
  void ofALongMessageTheBeginningIsTold() {
    assertThat(of("Conversion Error: " + "x".repeat(5_000)).getMessage())
        .hasSizeLessThan(1_000)
        .endsWith("xxx…");
  }

  @Test
  void whatTheMachineLacksMayBeThereAgain() {
    assertThat(of("Out of Memory Error: Allocation failure"))
        .hasMessageContaining("Stream \"orders\": writing the snapshot failed")
        .isInstanceOfSatisfying(
            TransientFailure.class,
            passing -> {
              assertThat(passing.advice()).contains("DUCKDB_MEMORY_LIMIT");
              assertThat(passing.details().path("kind").asText()).isEqualTo("transform-died");
            });
    assertThat(
            of(
                "Out of Memory Error: failed to offload data block of size 256.0 KiB (1.0 GiB/1.0 GiB"
                    + " used).\nThis limit was set by the 'max_temp_directory_size' setting."))
        .isInstanceOfSatisfying(
            TransientFailure.class,
            passing -> assertThat(passing.advice()).contains("DUCKDB_TEMP_LIMIT"));
  }

  @Test
  void aFileThatTheEngineCannotReadIsNotTriedAgain() {
    assertThat(of("IO Error: Unsupported converted type (20)"))
        .isInstanceOf(PermanentFailure.class);
    assertThat(of("IO Error: Could not write file \"x\": Input/output error"))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void aSettingThatNobodyCanChangeIsNoAdvice() {
    assertThat(
            of(
                "Parser Error: Max expression depth limit of 1000 exceeded. Use \"SET"
                    + " max_expression_depth TO x\" to increase the maximum expression depth."))
        .hasMessageEndingWith("Max expression depth limit of 1000 exceeded.");
  }

  private static RuntimeException of(String message) {
    return of(message, 2);
  }

  private static RuntimeException of(String message, int columns) {
    return EngineFailure.of(
        new SQLException(message), "orders", "writing the snapshot", Path.of("/tmp/job"), columns);
  }
}
