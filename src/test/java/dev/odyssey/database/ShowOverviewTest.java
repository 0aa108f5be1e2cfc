package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.testing.ContractDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the first page of the console is told. */
class ShowOverviewTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @Test
  void countsTheRowsOfFilesThatWereReadAlone() throws Exception {
    completed(7);
    UUID unchanged = completed(1000);
    database.execute(
        "update odyssey.attempts set result = jsonb_set(result, '{details}',"
            + " '{\"skipped\": \"unchanged\"}') where token = ?",
        unchanged);

    JsonNode hours = overview().path("hours");

    assertThat(hours.get(hours.size() - 1).path("completed").asInt()).isEqualTo(2);
    assertThat(hours.get(hours.size() - 1).path("rows").asInt()).isEqualTo(7);
  }

  @Test
  void missesARunnerThatIsSilentAndNoneThatStopped() throws Exception {
    for (String runner : new String[] {"alive", "killed", "stopped"}) {
      database.execute("select odyssey.report_alive(?, now(), 4, 3)", runner);
    }
    database.execute(
        "update odyssey.runners set seen_at = now() - interval '2 minutes' where name = 'killed'");
    database.execute("select odyssey.report_stopped('stopped')");

    JsonNode runners = overview().path("runners");

    assertThat(runners.findValuesAsText("name")).containsExactly("alive", "killed");
    assertThat(runners.findValuesAsText("alive")).containsExactly("true", "false");
    assertThat(runners.findValuesAsText("underWay")).containsExactly("3", "null");
  }

  private static UUID completed(int rows) {
    database.enqueueNew();
    UUID token = database.claim("runner", 1, 60).get(0).token();
    database.begin(token);
    database.complete(token, rows);
    return token;
  }

  private static JsonNode overview() throws Exception {
    return new ObjectMapper().readTree(database.value("select odyssey.show_overview()").toString());
  }
}
